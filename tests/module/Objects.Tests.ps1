BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'Objects' {
    It 'can be selected, sorted, grouped and exported' {
        $path = Join-Path $TestDrive 'tokens.csv'
        'Once upon a time', 'The cat' | Measure-TokenSurprisal | Export-Csv $path
        $rows = Import-Csv $path
        $rows | Should -HaveCount 6
        $rows[1].Token | Should -Be ' upon'
        [int]$rows[1].Start | Should -Be 4
        ($rows | Group-Object Text).Count | Should -Be 2
        ('Once upon a time' | Get-Token | Sort-Object Id | Select-Object -First 1 Token, Id).Token | Should -Be ' a'
    }

    It 'have lists that can be indexed, of <_>' -ForEach @(
        'Get-LanguageModel', 'Get-Tokenizer', 'Get-GptxEnvironment', "Get-TokenEmbedding 'New York' -Word", 'Find-OddWord king, queen, table', "Get-AttentionMap 'a cat' -Block 0 -Head 0"
        "Get-Activation 'a cat' embed", "Measure-TokenSurprisal 'a cat' -Summary", 'Invoke-TextGeneration a -MaxTokens 2 -Seed 1 -Alternatives 2'
    ) {
        $object = & ([scriptblock]::Create($_))
        $lists = $object.PSObject.Properties | Where-Object { $_.Value -is [System.Collections.IEnumerable] -and $_.Value -isnot [string] }
        @($lists).Count | Should -BeGreaterThan 0
        foreach ($list in $lists) { , $list.Value | Should -BeOfType [System.Collections.IList] -Because $list.Name; $list.Value.GetType().GetProperty('Item') -or $list.Value -is [array] | Should -BeTrue -Because $list.Name }
    }

    It 'in them have them too' {
        (Invoke-TextGeneration a -MaxTokens 2 -Seed 1 -Alternatives 2).Tokens[1].Alternatives[1].Rank | Should -Be 2
        (Get-TokenEmbedding 'New York' -Word).Tokens[1] | Should -Be ' York'
    }

    It 'become JSON with numbers' {
        $json = Get-NextToken 'Once upon a' -Top 2 | ConvertTo-Json | ConvertFrom-Json
        $json[0].Rank | Should -Be 1
        $json[0].Probability | Should -BeOfType [double]
        (Get-TextEmbedding 'a cat' | ConvertTo-Json | ConvertFrom-Json).Vector | Should -HaveCount 256
    }

    It 'work in ForEach-Object -Parallel' {
        $folder = $ModuleFolder
        $texts = 1..8 | ForEach-Object { "Once upon a time number $_" }
        $parallel = $texts | ForEach-Object -Parallel {
            Import-Module $using:folder
            $_ | Get-TextEmbedding
        } -ThrottleLimit 4 | Sort-Object Text
        $parallel | Should -HaveCount 8
        $alone = $texts | Sort-Object | Get-TextEmbedding -BatchSize 1
        0..7 | ForEach-Object { [math]::Abs($parallel[$_].Vector[0] - $alone[$_].Vector[0]) | Should -BeLessThan 1e-4 }
    }
}

Describe 'Errors' {
    It 'of a text are written, and the next text is taken' {
        $next = 'Once upon a', '', ('word ' * 700), 'The cat' | Get-NextToken -Top 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $next.Index | Should -Be 0, 3
        $errors.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Should -Be 'TextEmpty', 'TextTooLong'
    }

    It 'of unknown ids are written' {
        Get-NextToken -Id 5, 99999 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'TokenIdUnknown,*'
    }

    It 'end the command with -ErrorAction Stop' {
        { '' | Get-NextToken -ErrorAction Stop } | Should -Throw -ErrorId 'TextEmpty,*'
    }

    It 'of a long text go away with -Truncate and -Chunk' {
        $long = 'word ' * 700
        Get-NextToken $long -Truncate -Top 1 | Should -HaveCount 1
        (Get-TextEmbedding $long -Chunk).Windows | Should -BeGreaterThan 1
        (Invoke-TextGeneration $long -Truncate -MaxTokens 3 -IgnoreEndOfText).Tokens | Should -HaveCount 3
    }
}
