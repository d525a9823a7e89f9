BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'Get-Token and ConvertFrom-Token' {
    It 'gives one object a token, with its place in the text' {
        $tokens = Get-Token 'Once upon a time'
        $tokens.Token | Should -Be 'Once', ' upon', ' a', ' time'
        $tokens.Position | Should -Be 0, 1, 2, 3
        $tokens[1].Start | Should -Be 4
        $tokens[1].Length | Should -Be 5
        $tokens[1].Start | Should -BeOfType [int]
        $tokens[0].Text | Should -Be 'Once upon a time'
        $tokens[0].Model | Should -Be 'embedded'
    }

    It 'turns tokens back into text, a text each' {
        'Hello wörld 🙂', "second`nline" | Get-Token | ConvertFrom-Token | Should -Be 'Hello wörld 🙂', "second`nline"
        $ids = (Get-Token 'Once upon').Id
        ConvertFrom-Token -Id $ids | Should -Be 'Once upon'
        $ids | ConvertFrom-Token | Should -Be 'Once upon'
    }

    It 'takes ids in place of a text' {
        (Get-Token -Id 5, 7, 9).Id | Should -Be 5, 7, 9
        (Get-NextToken -Id (Get-Token 'Once upon a').Id -Top 3).Id | Should -Be (Get-NextToken 'Once upon a' -Top 3).Id
    }
}

Describe 'Get-Tokenizer' {
    It 'says what a tokenizer is, and how many letters a token of texts holds' {
        $tokenizer = Get-Tokenizer
        $tokenizer.Kind | Should -Be 'BPE'
        $tokenizer.Size | Should -Be 8192
        $tokenizer.BeginWord + $tokenizer.Pieces + $tokenizer.Bytes + $tokenizer.Special | Should -Be 8192
        $tokenizer.Tokens | Should -BeNullOrEmpty
        ('Once upon', ' a time' | Get-Tokenizer).CharactersPerToken | Should -Be 4
    }

    It 'needs no weights, and neither do Get-Token and ConvertFrom-Token' {
        $file = Join-Path $TestDrive 'tokenizer.json'
        Copy-Item (Join-Path $EmbeddedModel 'tokenizer.json') $file
        (Get-Tokenizer -Model $file).Size | Should -Be 8192
        'Once upon a time' | Get-Token -Model $TestDrive | ConvertFrom-Token -Model $file | Should -Be 'Once upon a time'
        { Get-NextToken 'Once' -Model $TestDrive } | Should -Throw
    }
}

Describe 'Text in the pipeline' {
    It 'numbers the texts of the input' {
        ('a', 'b', 'c' | Get-Token).Index | Should -Be 0, 1, 2
    }

    It 'reads files' {
        Set-Content -Path TestDrive:/notes.txt -Value 'Once upon' -NoNewline
        $file = Get-Item TestDrive:/notes.txt
        ($file | Get-Token).Token | Should -Be 'Once', ' upon'
        (Get-Content $file | Get-TextEmbedding).Text | Should -Be 'Once upon'
    }

    It 'finds the property <Name>' -ForEach @{ Name = 'Text' }, @{ Name = 'Content' }, @{ Name = 'Line' } {
        ([pscustomobject]@{ Other = 1; $Name = 'Once upon' } | Get-Token).Token | Should -Be 'Once', ' upon'
    }

    It 'reads what Select-String found, rows of a CSV file, and tables' {
        ('a line', 'another' | Select-String another | Get-Token).Text | Select-Object -Unique | Should -Be 'another'
        ("Id,Note`n1,Once upon" | ConvertFrom-Csv | Get-Token -Property Note).Token | Should -Be 'Once', ' upon'
        (@{ Text = 'Once' } | Get-Token).Token | Should -Be 'Once'
    }

    It 'writes an error that lists the properties of an object without text, and goes on' {
        $tokens = 'a', [pscustomobject]@{ Size = 1; Colour = 'red' }, 'b' | Get-Token -ErrorVariable errors -ErrorAction SilentlyContinue
        $tokens.Token | Should -Be 'a', 'b'
        $tokens.Index | Should -Be 0, 2
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'TextMissing,*'
        $errors[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $errors[0].TargetObject.Colour | Should -Be 'red'
        "$($errors[0])" | Should -BeLike '*Size, Colour*-Property*'
    }

    It 'never takes an object for its ToString()' {
        5, (Get-Date) | Get-Token -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -HaveCount 2
    }

    It 'writes the first object before the last text is read, with <Command>' -ForEach @(
        @{ Command = 'Get-Token' }
        @{ Command = 'Get-TokenEmbedding' }
        @{ Command = 'Get-TextEmbedding' }
        @{ Command = 'Get-HiddenState' }
        @{ Command = 'Get-NextToken' }
        @{ Command = 'Measure-TokenSurprisal' }
    ) {
        $events = [System.Collections.Generic.List[string]]::new()
        1..5 | ForEach-Object { $events.Add("in"); "text $_" } | & $Command | ForEach-Object { $events.Add("out $($_.Index)") }
        $events.IndexOf('out 0') | Should -BeLessThan $events.LastIndexOf('in')
        $indices = $events | Where-Object { $_ -ne 'in' }
        $indices | Should -Be ($indices | Sort-Object)
        $indices | Select-Object -Unique | Should -HaveCount 5
    }

    It 'cuts texts that are too long with -Truncate' {
        $long = 'word ' * 700
        { Measure-TokenSurprisal $long -ErrorAction Stop } | Should -Throw
        @(Measure-TokenSurprisal $long -Truncate).Count | Should -Be 512
        (Measure-TokenSurprisal $long -Truncate -Begin 0 -Summary).TokensCounted | Should -Be 511
        @(Get-LogitLens $long -Truncate -Layer -1 -Position -1 -Top 1).Count | Should -Be 1
    }

    It 'gives the same numbers for any batch size' {
        $texts = 'one', 'two words', 'and three words', 'a'
        $single = $texts | Get-TextEmbedding -BatchSize 1
        $batch = $texts | Get-TextEmbedding -BatchSize 8
        foreach ($i in 0..3) {
            foreach ($j in 0, 100, 255) { $batch[$i].Vector[$j] | Should -BeGreaterThan ($single[$i].Vector[$j] - 1e-4) }
            foreach ($j in 0, 100, 255) { $batch[$i].Vector[$j] | Should -BeLessThan ($single[$i].Vector[$j] + 1e-4) }
        }
    }
}
