BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'Find-SimilarText' {
    BeforeAll {
        $notes = 'a red apple', 'the king is dead', 'rain at sea' | Get-TextEmbedding
        $file = Join-Path $TestDrive 'notes.jsonl'
        $row = 0
        $notes | ForEach-Object { @{ rowId = "n$row"; text = $_.Text; vector = $_.Vector; model = $_.Model; url = "/$row" } | ConvertTo-Json -Compress; $row++ } | Set-Content $file
    }

    It 'finds what is most like each text, in objects and in a file' {
        foreach ($searched in $notes, $file, (Get-Item $file)) {
            $found = 'a green pear', 'the queen' | Find-SimilarText -In $searched -Top 2
            $found.Query | Should -Be 'a green pear', 'a green pear', 'the queen', 'the queen'
            $found.Index | Should -Be 0, 0, 1, 1
            $found | ForEach-Object Rank | Should -Be 1, 2, 1, 2
            $found[0].Text | Should -Be 'a red apple'
            $found[2].Text | Should -Be 'the king is dead'
            $expected = (Get-TextEmbedding 'a green pear' | Find-NearestVector -In $notes -Top 1).Score
            $found[0].Score | Should -BeGreaterThan ($expected - 1e-6)
            $found[0].Score | Should -BeLessThan ($expected + 1e-6)
        }
    }

    It 'gives ids and fields of the rows' {
        $found = Find-SimilarText 'a green pear' -In $file -Top 1 -Keep url
        $found.RowId | Should -Be 'n0'
        $found.url | Should -Be '/0'
        { Find-SimilarText 'a green pear' -In $file -Top 1 -Keep model } | Should -Not -Throw
        (Find-SimilarText 'a green pear' $notes -Top 1).RowId | Should -Be 0
    }

    It 'refuses vectors of another model' {
        $others = $notes | ForEach-Object { [pscustomobject]@{ Text = $_.Text; Vector = $_.Vector; Model = 'another' } }
        { Find-SimilarText 'a green pear' -In $others } | Should -Throw -ErrorId 'ModelMismatch*'
        { Find-SimilarText 'a green pear' -In (Join-Path $TestDrive 'none.jsonl') } | Should -Throw -ErrorId 'FileNotFound*'
        { Find-SimilarText 'a green pear' -In $notes, 'a text' } | Should -Throw
    }

    It 'searches a table' {
        'a red apple', 'the king is dead', 'rain at sea' | Set-Content (Join-Path $TestDrive 'in.txt')
        $null = Get-TextEmbedding -Path (Join-Path $TestDrive 'in.txt') -Destination (Join-Path $TestDrive 'notes.db#notes')
        Push-Location $TestDrive
        try {
            (Find-SimilarText 'a green pear' -In 'notes.db#notes' -Top 1).Text | Should -Be 'a red apple'
            (Find-DuplicateText -In 'notes.db#notes' -Threshold 0.1).Size | Should -Be 3
            (Measure-TextDrift 'notes.db#notes' 'in.txt').PValue | Should -Be 1
        } finally { Pop-Location }
    }

    It 'draws what it found' {
        $path = Join-Path $TestDrive 'found.svg'
        Find-SimilarText 'a green pear' -In $notes | Export-Figure $path
        Get-Content $path -Raw | Should -Match 'a red apple'
    }
}

Describe 'Find-DuplicateText' {
    It 'groups equal and near texts' {
        $groups = @('the king rode out', 'a cat', 'the king rode out', 'The king rode out' | Find-DuplicateText -Threshold 0.9)
        $groups | Should -HaveCount 1
        $groups[0].Size | Should -Be 3
        $groups[0].Members.RowId | Should -Be 0, 2, 3
        $groups[0].Members.IsExact | Should -Be $true, $true, $false
        $groups[0].Members[1].Score | Should -Be 1
    }

    It 'gives the input back without duplicates' {
        $rows = 'Id,Note', '17,a cat', '18,a dog', '19,a cat' | ConvertFrom-Csv
        ($rows | Find-DuplicateText -Property Note -Exact -Unique).Id | Should -Be 17, 18
        ($rows | Find-DuplicateText -Property Note -IdProperty Id -Exact).Members.RowId | Should -Be '17', '19'
    }

    It 'takes vectors and files of them' {
        $vectors = 'a cat', 'a dog', 'a cat' | Get-TextEmbedding
        ($vectors | Find-DuplicateText -Threshold 0.99).Members.RowId | Should -Be 0, 2
        $file = Join-Path $TestDrive 'v.jsonl'
        $vectors | ForEach-Object { @{ text = $_.Text; vector = $_.Vector } | ConvertTo-Json -Compress } | Set-Content $file
        (Find-DuplicateText -In $file -Threshold 0.99).Size | Should -Be 2
        Find-DuplicateText -In $file -Threshold 0.99 -UniquePath (Join-Path $TestDrive 'w.jsonl') | Should -HaveCount 1
        Get-Content (Join-Path $TestDrive 'w.jsonl') | Should -Be (Get-Content $file)[0, 1]
    }

    It 'reads files of texts and copies them without duplicates' {
        $file = Join-Path $TestDrive 'log.csv'
        'id,text', '1,"a, b"', '2,c', '3,"a, b"' | Set-Content $file
        $copy = Join-Path $TestDrive 'copy.csv'
        $group = Find-DuplicateText -Path $file -IdProperty id -Keep id -Exact -UniquePath $copy
        $group.Members.RowId | Should -Be '1', '3'
        Get-Content $copy | Should -Be 'id,text', '1,"a, b"', '2,c'
        { Find-DuplicateText -Path $file -Exact -UniquePath $copy } | Should -Throw -ErrorId 'OutputExists*'
        $null = Find-DuplicateText -Path $file -Exact -UniquePath $copy -Force
    }

    It 'goes on behind a text that cannot be read' {
        $found = 'a cat', '', [pscustomobject]@{ Other = 1 }, 'a cat' | Find-DuplicateText -Exact -ErrorVariable wrong -ErrorAction SilentlyContinue
        $wrong.FullyQualifiedErrorId | Should -BeLike 'TextMissing*'
        $found.Size | Should -Be 2
    }
}

Describe 'Find-UnusualText' {
    It 'ranks texts by surprisal as Measure-TokenSurprisal has it' {
        $texts = 'the king rode out', 'the cat sat down', 'xq zz 9$ kk', 'rain at sea'
        $found = $texts | Find-UnusualText -Top 2
        $scores = ($texts | Measure-TokenSurprisal -Summary | Sort-Object MeanSurprisal -Descending).MeanSurprisal
        $found[0].Text | Should -Be 'xq zz 9$ kk'
        [math]::Abs($found[1].Score - $scores[1]) | Should -BeLessThan 1e-6
        $found.By | Should -Be 'Surprisal', 'Surprisal'
    }

    It 'ranks vectors by distance' {
        $found = 'a cat', 'a dog', 'a horse', 'the law of the sea' | Get-TextEmbedding | Find-UnusualText -Neighbour 2 -Top 1
        $found.Text | Should -Be 'the law of the sea'
        $found.By | Should -Be 'Distance'
        { Get-TextEmbedding 'a cat' | Find-UnusualText -By Surprisal } | Should -Throw -ErrorId 'UsageInvalid*'
    }
}

Describe 'Measure-TextDrift' {
    BeforeAll {
        $before = 1..15 | ForEach-Object { "the king rode to castle $_" }
        $after = (1..10 | ForEach-Object { "the king rode to castle $_" }) + (1..5 | ForEach-Object { "rain fell on the sea $_ times" })
    }

    It 'says how far, how sure, and what grew' {
        $drift = Measure-TextDrift $before $after -GroupCount 2 -Permutation 199
        $drift.PValue | Should -BeLessThan 0.1
        $drift.ReferenceRows | Should -Be 15
        ($drift.Groups | Where-Object Change -GT 0).Texts | Should -BeLike 'rain fell*'
        $drift.Permutations | Should -Be 199
        (Measure-TextDrift $before $before).PValue | Should -Be 1
    }

    It 'takes files of texts and of vectors, and objects' {
        $before | Set-Content (Join-Path $TestDrive 'before.txt')
        $after | Get-TextEmbedding | ForEach-Object { @{ text = $_.Text; vector = $_.Vector; model = $_.Model } | ConvertTo-Json -Compress } | Set-Content (Join-Path $TestDrive 'after.jsonl')
        $expected = Measure-TextDrift $before $after
        $ofFiles = Measure-TextDrift -Reference (Join-Path $TestDrive 'before.txt') -Difference (Get-Item (Join-Path $TestDrive 'after.jsonl'))
        $ofObjects = Measure-TextDrift -Reference ($before | Get-TextEmbedding) -Difference ($after | Get-TextEmbedding)
        $ofFiles.Reference | Should -Be 'before.txt'
        foreach ($drift in $ofFiles, $ofObjects) { [math]::Abs($drift.Effect - $expected.Effect) | Should -BeLessThan 1e-5 }
        $path = Join-Path $TestDrive 'drift.svg'
        $ofFiles | Export-Figure $path
        Get-Content $path -Raw | Should -Match 'percentage points'
    }
}
