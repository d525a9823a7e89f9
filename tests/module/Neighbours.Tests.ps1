# Beside other modules, in odd places, in other cultures: each in a fresh process, where nothing was loaded before.

BeforeAll {
    . $PSScriptRoot/ImportGptx.ps1

    # A module that brings an older library of the same name, as others do.
    function New-OlderModule([string] $Assembly, [string] $Code) {
        $folder = Join-Path $TestDrive "older $Assembly"
        $null = New-Item $folder -ItemType Directory -Force
        $library = Join-Path $folder "$Assembly.dll"
        if (-not (Test-Path $library)) {
            pwsh -NoProfile -NonInteractive -Command { param($path, $code) Add-Type -TypeDefinition $code -OutputAssembly $path -OutputType Library } -args $library, $Code
            Set-Content (Join-Path $folder 'Older.psm1') "Add-Type -Path '$library'`nfunction Get-Older { [Older.Numbers]::Get() }"
        }
        Join-Path $folder 'Older.psm1'
    }
}

Describe 'Beside a module with an older <Assembly>' -ForEach @(
    @{ Assembly = 'System.Numerics.Tensors'; Order = 'first'; Type = 'namespace System.Numerics.Tensors { public static class TensorPrimitives { } }' }
    @{ Assembly = 'Microsoft.ML.OnnxRuntime'; Order = 'first'; Type = 'namespace Microsoft.ML.OnnxRuntime { public class InferenceSession { } }' }
    @{ Assembly = 'System.Numerics.Tensors'; Order = 'second'; Type = 'namespace System.Numerics.Tensors { public static class TensorPrimitives { } }' }
    @{ Assembly = 'Google.Protobuf'; Order = 'second'; Type = 'namespace Google.Protobuf { public class MessageParser { } }' }
) {
    It 'both work, the other imported <Order>' {
        $older = New-OlderModule $Assembly "[assembly: System.Reflection.AssemblyVersion(`"1.0.0.0`")] $Type namespace Older { public static class Numbers { public static string Get() { return typeof(Numbers).Assembly.GetName().Version.ToString(); } } }"
        $modules = if ($Order -eq 'first') { $older, $ModuleFolder } else { $ModuleFolder, $older }
        $written = pwsh -NoProfile -NonInteractive -Command {
            param($first, $second)
            $ErrorActionPreference = 'Stop'
            Import-Module $first
            Import-Module $second
            Get-Older
            (Find-NearestWord king -Top 1).Word
            (Get-NextToken 'Once upon a' -Top 1).Token
        } -args $modules
        $written | Should -Be '1.0.0.0', 'queen', ' tree'
    }
}

Describe 'In a fresh process' {
    It 'works from a path with spaces and other letters, with models and texts from such' {
        $place = Join-Path $TestDrive 'ein Ort für Модули 模块'
        $null = New-Item $place -ItemType Directory
        # Links: the folder is large.
        $null = New-Item -ItemType SymbolicLink -Path (Join-Path $place 'Gptx') -Target (Resolve-Path $ModuleFolder).Path -ErrorAction SilentlyContinue
        if (-not (Test-Path (Join-Path $place 'Gptx'))) { Copy-Item $ModuleFolder $place -Recurse }
        Copy-Item $EmbeddedModel (Join-Path $place 'mein modèle') -Recurse
        Set-Content (Join-Path $place 'текст.txt') 'Once upon a' -NoNewline
        $written = pwsh -NoProfile -NonInteractive -Command {
            param($place)
            $ErrorActionPreference = 'Stop'
            Set-Location $place
            Import-Module ./Gptx
            (Get-Item ./текст.txt | Get-NextToken -Top 1 -Model './mein modèle').Token
            Split-Path (Get-Token a -Model './mein modèle').Model -Leaf
        } -args $place
        $written | Should -Be ' tree', 'mein modèle'
    }

    It 'gives the same numbers with a decimal comma, in strict mode, and shows them as people there write them' {
        $written = pwsh -NoProfile -NonInteractive -Command {
            param($folder)
            Set-StrictMode -Version Latest
            $ErrorActionPreference = 'Stop'
            [cultureinfo]::CurrentCulture = [cultureinfo]::new('de-DE')
            Import-Module $folder
            $PSStyle.OutputRendering = 'PlainText'
            (Find-WordAnalogy 'king - man + woman' -Top 1).Word
            (Get-TextEmbedding 'a cat' | ConvertTo-Json -Compress) -match '"Vector":\[-?\d+\.\d+,'
            $rows = Measure-TokenSurprisal 'Once upon a time' -Summary | Select-Object Index, Perplexity | ConvertTo-Csv | ConvertFrom-Csv
            [math]::Round([double]::Parse($rows[0].Perplexity, [cultureinfo]::CurrentCulture), 2) -eq 76.31
            foreach ($command in 'Get-Token a', 'Get-TokenEmbedding a', 'Get-TextEmbedding a', 'Get-HiddenState a', 'Get-AttentionMap a -Block 0', 'Get-NextToken a', 'Measure-TokenSurprisal "a cat"',
                'Measure-TokenSurprisal "a cat" -Summary', 'Find-NearestWord king', 'Invoke-TextGeneration a -MaxTokens 1 -Seed 1', 'Get-Activation a embed', 'Get-LanguageModel', 'Get-Tokenizer', 'Get-GptxEnvironment') {
                if (-not (& ([scriptblock]::Create($command)) | Out-String)) { "nothing of $command" }
            }
        } -args $ModuleFolder
        $written | Should -Be 'queen', 'True', 'True'
    }
}
