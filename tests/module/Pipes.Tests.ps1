# What one cmdlet writes, others read: all pairs that fit.

BeforeDiscovery {
    $vectors = @(
        'Get-TextEmbedding king, queen'
        'Get-TokenEmbedding king, queen'
        "Get-TokenEmbedding king, 'New York' -Word"
        'Get-HiddenState king, queen -Position -1'
        'Get-PositionEmbedding 0, 1'
    )
    $VectorPipes = foreach ($writer in $vectors) {
        foreach ($reader in 'Find-NearestVector -Top 1', 'Measure-VectorSimilarity', 'Find-NearestWord -Top 1') {
            @{ Writer = $writer; Reader = $reader; Rows = if ($reader -like 'Measure*') { 1 } else { 2 } }
        }
    }
    $texts = @(
        'Get-Token king'
        'Find-NearestWord king -Top 1'
        'Find-OddWord king, queen, prince, table'
        'Find-WordAnalogy king - man + woman -Top 1'
        'Get-NextToken king -Top 1'
        'Get-TextEmbedding king'
        'Invoke-TextGeneration king -MaxTokens 1 -Seed 1'
        'Measure-TokenSurprisal king -Summary'
        'Measure-VectorSimilarity king, queen'
    )
    $TextPipes = foreach ($writer in $texts) {
        $property = if ($writer -match 'Find-(NearestWord|OddWord|WordAnalogy)') { 'Word' } else { 'Text' }
        foreach ($reader in 'Get-Token', 'Get-TextEmbedding', 'Measure-TokenSurprisal -Summary', 'Get-NextToken -Top 1', 'Get-Tokenizer') {
            @{ Writer = $writer; Reader = $reader; Property = $property }
        }
    }
    $ModelPipes = foreach ($writer in 'Get-LanguageModel', 'Get-Token king', 'Find-NearestWord king -Top 1', 'Get-TextEmbedding king') {
        foreach ($reader in 'Get-LanguageModel', 'Close-LanguageModel') { @{ Writer = $writer; Reader = $reader } }
    }
}

BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'Vectors' {
    It '<Writer> | <Reader>' -ForEach $VectorPipes {
        $objects = & ([scriptblock]::Create("$Writer | $Reader -ErrorAction Stop"))
        @($objects).Count | Should -Be $Rows
        $objects[0].Score | Should -BeOfType [double]
    }

    It 'of several layers are told apart by their place' {
        (Get-HiddenState king -Layer 0, 3, 6 | Find-NearestVector -Top 1 -IncludeSelf).Index | Should -Be 0, 1, 2
    }
}

Describe 'Texts' {
    It '<Writer> | <Reader>' -ForEach $TextPipes {
        $objects = & ([scriptblock]::Create("$Writer | $Reader -Property $Property -ErrorAction Stop"))
        @($objects).Count | Should -BeGreaterThan 0
    }

    It 'join back to the rows they came from, those with errors left out' {
        $rows = 'Id,Note', '17,a red apple', '18,', '19,rain at sea' | ConvertFrom-Csv
        $scores = $rows | Measure-TokenSurprisal -Property Note -Summary -ErrorAction SilentlyContinue -ErrorVariable failed
        $scores | ForEach-Object { $rows[$_.Index].Id } | Should -Be 17, 19
        $failed[0].TargetObject.Id | Should -Be 18
    }
}

Describe 'Models' {
    It '<Writer> | <Reader>' -ForEach $ModelPipes {
        { & ([scriptblock]::Create("$Writer | $Reader -ErrorAction Stop")) } | Should -Not -Throw
    }
}

Describe 'Tokens' {
    It 'of <_> become text again' -ForEach 'Get-Token', 'Measure-TokenSurprisal', 'Get-HiddenState' {
        'Once upon a time', 'a cat' | & $_ | ConvertFrom-Token | Should -Be 'Once upon a time', 'a cat'
    }
}

Describe 'What was written and read back' {
    It 'is searched as before, from <Form>' -ForEach @(
        @{ Form = 'CLIXML'; Through = { $path = Join-Path $TestDrive 'v.xml'; $input | Export-Clixml $path; Import-Clixml $path } }
        @{ Form = 'JSON'; Through = { @($input) | ConvertTo-Json -Depth 4 | ConvertFrom-Json } }
    ) {
        $vectors = 'a cat', 'a dog', 'the law' | Get-TextEmbedding
        $back = $vectors | & $Through
        ($back | Find-NearestVector -Top 1).Match | Should -Be ($vectors | Find-NearestVector -Top 1).Match
        $back[0].Vector | Should -HaveCount 256
    }

    It 'is a row of plain columns in CSV, of <_>' -ForEach @(
        "Measure-TokenSurprisal 'a cat sat' -Summary"
        "Get-NextToken 'a cat' -Top 2"
        "Get-AttentionMap 'a cat' -Block 0 -Head 0 -Flat"
        'Find-NearestWord king -Top 2'
        'Measure-VectorSimilarity king, queen'
    ) {
        $rows = & ([scriptblock]::Create($_)) | Select-Object * -ExcludeProperty Tokens | ConvertTo-Csv | ConvertFrom-Csv
        foreach ($cell in $rows[0].PSObject.Properties.Value) { $cell | Should -Not -BeLike 'System.*' }
    }

    It 'is text where text is wanted' {
        "$(Get-NextToken 'Once upon a' -Top 1)" | Should -Be ' tree'
        "$(Find-NearestWord king -Top 1)" | Should -Be 'queen'
        "$(Get-LanguageModel)" | Should -Be 'embedded'
        "$(Get-AttentionMap 'a cat' -Block 1 -Head 2)" | Should -Be 'block 1, head 2: a cat'
    }
}
