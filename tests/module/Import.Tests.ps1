BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'The module' {
    It 'has the cmdlets that its manifest names' {
        $manifest = Import-PowerShellDataFile (Join-Path $ModuleFolder 'Gptx.psd1')
        (Get-Command -Module Gptx).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'passes Test-ModuleManifest' {
        Test-ModuleManifest (Join-Path $ModuleFolder 'Gptx.psd1') | Should -Not -BeNullOrEmpty
    }

    It 'can be imported again, and removed and imported' {
        Import-Module $ModuleFolder -Force
        Get-Token a | Should -HaveCount 1
        Remove-Module Gptx
        Get-Command Get-Token -ErrorAction Ignore | Should -BeNullOrEmpty
        Import-Module (Join-Path $ModuleFolder 'Gptx.psd1')
        Get-Token a | Should -HaveCount 1
    }

    It 'keeps its libraries out of the load context of PowerShell' {
        $null = Get-NextToken 'Once upon a' -Top 1
        $inDefault = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name }
        $inDefault | Should -Contain 'Gptx.Loader'
        $inDefault | Should -Not -Contain 'Gptx.Core'
        $inDefault | Should -Not -Contain 'Microsoft.ML.OnnxRuntime'
        $inDefault | Should -Not -Contain 'System.Numerics.Tensors'
    }

    It 'works in a fresh process, in strict mode, with a decimal comma' {
        $script = {
            param($folder)
            Set-StrictMode -Version Latest
            $ErrorActionPreference = 'Stop'
            [cultureinfo]::CurrentCulture = [cultureinfo]::new('de-DE')
            Import-Module $folder
            (Get-NextToken 'Once upon a' -Top 1).Token
        }
        pwsh -NoProfile -NonInteractive -Command $script -args $ModuleFolder | Should -Be ' tree'
    }

    It 'has a view for what <_> writes' -ForEach @(
        'Get-Token a'
        'Get-TokenEmbedding a'
        'Get-PositionEmbedding 0'
        'Get-TextEmbedding a'
        'Find-NearestWord king'
        'Find-WordAnalogy king - man + woman'
        'Get-HiddenState a'
        'Get-AttentionMap a'
        'Get-NextToken a'
        'Invoke-TextGeneration a -MaxTokens 1'
    ) {
        $type = (& ([scriptblock]::Create($_)) | Select-Object -First 1).GetType().FullName
        Get-FormatData -TypeName $type -PowerShellVersion $PSVersionTable.PSVersion | Should -Not -BeNullOrEmpty
    }

    It 'shows tokens with visible spaces and vectors short' {
        Get-TokenEmbedding king | Out-String -Width 80 | Should -Match '·king +1744 \[-?\d\.\d{3}, -?\d\.\d{3}, … 256\]'
    }
}

Describe 'Get-GptxEnvironment' {
    It 'says where the native library and the embedded model are' {
        $environment = Get-GptxEnvironment
        $environment.NativeLibrary | Should -Exist
        $environment.NativeLibrary | Should -BeLike "$((Resolve-Path $ModuleFolder).Path)*runtimes*native*"
        $environment.EmbeddedModel | Should -Exist
        $environment.OnnxRuntime | Should -Not -BeNullOrEmpty
    }
}
