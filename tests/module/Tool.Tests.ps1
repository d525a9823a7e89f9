# gptx and the module give the same fields and the same numbers. Runs where the tool was built, or where GPTX_TOOL names it.

BeforeDiscovery {
    $built = 'Release', 'Debug' | ForEach-Object { Join-Path $PSScriptRoot "../../tool/bin/$_/net10.0/gptx.dll" }
    $Tool = @($env:GPTX_TOOL) + $built | Where-Object { $_ -and (Test-Path $_) } | Select-Object -First 1
}

BeforeAll {
    . $PSScriptRoot/ImportGptx.ps1

    function Assert-SameValue($Actual, $Expected, $Name) {
        if ($Actual -is [enum]) { $Actual = "$Actual" }
        # JSON has no infinity: it is null there.
        if ($Actual -is [float] -and -not [float]::IsFinite($Actual)) { $Actual = $null }
        if ($Expected -is [string] -or $null -eq $Expected) {
            $Actual | Should -Be $Expected -Because $Name
        }
        elseif ($Expected -is [System.Collections.IEnumerable]) {
            @($Actual).Count | Should -Be @($Expected).Count -Because $Name
            for ($i = 0; $i -lt [math]::Min(20, @($Expected).Count); $i++) { Assert-SameValue @($Actual)[$i] @($Expected)[$i] "$Name[$i]" }
        }
        elseif ($Expected -is [pscustomobject]) {
            foreach ($field in $Expected.PSObject.Properties) { Assert-SameValue $Actual.($field.Name) $field.Value "$Name.$($field.Name)" }
        }
        elseif ($Expected -is [bool]) {
            $Actual | Should -Be $Expected -Because $Name
        }
        else {
            [math]::Abs($Actual - $Expected) | Should -BeLessOrEqual (1e-5 * [math]::Max(1, [math]::Abs($Expected))) -Because $Name
        }
    }
}

Describe 'gptx <Arguments>' -ForEach @(
    @{ Tool = $Tool; Arguments = 'tokenize', 'Once upon a time'; Command = { Get-Token 'Once upon a time' } }
    @{ Tool = $Tool; Arguments = 'next', 'Once upon a', '--top', '5'; Command = { Get-NextToken 'Once upon a' -Top 5 } }
    @{ Tool = $Tool; Arguments = 'score', 'Once upon a time'; Command = { Measure-TokenSurprisal 'Once upon a time' -Summary } }
    @{ Tool = $Tool; Arguments = 'embed', 'a cat', 'a dog'; Command = { Get-TextEmbedding 'a cat', 'a dog' } }
    @{ Tool = $Tool; Arguments = 'embed', '--words', 'king', 'tokenization'; Command = { Get-TokenEmbedding king, tokenization -Word } }
    @{ Tool = $Tool; Arguments = 'embed', '--positions', '--ids', '0,1'; Command = { Get-PositionEmbedding 0, 1 } }
    @{ Tool = $Tool; Arguments = 'nearest', 'king', '--top', '5'; Command = { Find-NearestWord king -Top 5 } }
    @{ Tool = $Tool; Arguments = 'analogy', 'king - man + woman', '--top', '3'; Command = { Find-WordAnalogy 'king - man + woman' -Top 3 } }
    @{ Tool = $Tool; Arguments = 'odd', 'king', 'queen', 'prince', 'table'; Command = { Find-OddWord king, queen, prince, table -All } }
    @{ Tool = $Tool; Arguments = 'similarity', 'king', 'queen', 'table'; Command = { Measure-VectorSimilarity king, queen, table } }
    @{ Tool = $Tool; Arguments = 'hidden', 'Once upon', '--layer', '2'; Command = { Get-HiddenState 'Once upon' -Layer 2 } }
    @{ Tool = $Tool; Arguments = 'attention', 'Once upon', '--block', '1'; Command = { Get-AttentionMap 'Once upon' -Block 1 } }
    @{ Tool = $Tool; Arguments = 'activation', 'Once upon', '--name', 'blocks.0.attn.*'; Command = { Get-Activation 'Once upon' blocks.0.attn.* } }
    @{ Tool = $Tool; Arguments = 'generate', 'Once upon a time', '--seed', '7', '--max-tokens', '10'; Command = { Invoke-TextGeneration 'Once upon a time' -Seed 7 -MaxTokens 10 } }
    @{ Tool = $Tool; Arguments = 'tokenizer', 'info', 'Once upon a time'; Command = { Get-Tokenizer 'Once upon a time' } }
    @{ Tool = $Tool; Arguments = 'model', 'info'; Command = { Get-LanguageModel } }
) {
    It 'writes the fields and numbers of the cmdlet' {
        if (-not $Tool) {
            Set-ItResult -Skipped -Because 'gptx is not built here and GPTX_TOOL does not name it'
            return
        }

        $output = if ($Tool -like '*.dll') { dotnet $Tool @Arguments --jsonl } else { & $Tool @Arguments --jsonl }
        $LASTEXITCODE | Should -Be 0
        $rows = @($output | ConvertFrom-Json)
        $objects = @(& $Command)
        $objects.Count | Should -Be $rows.Count
        for ($i = 0; $i -lt $rows.Count; $i++) {
            foreach ($field in $rows[$i].PSObject.Properties | Where-Object Name -NotIn 'folder', 'files', 'file') {
                Assert-SameValue $objects[$i].($field.Name) $field.Value $field.Name
            }
        }
    }
}
