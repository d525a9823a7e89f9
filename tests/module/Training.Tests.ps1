BeforeAll {
    . $PSScriptRoot/ImportGptx.ps1
    $Text = 'the low lower lowest of the new newer newest', 'the widest and the wider of the wide'
}

Describe 'New-Tokenizer' {
    It 'learns from texts of the pipeline and says what it made' {
        $made = $Text | New-Tokenizer -Destination TestDrive:/a.json -VocabularySize 270 -SpecialToken '<|endoftext|>'
        $made.VocabularySize | Should -Be 270
        $made.Kind | Should -Be 'Bpe'
        $made.Texts | Should -Be 2
        $made.SpecialTokens | Should -Be '<|endoftext|>'
        $json = Get-Content TestDrive:/a.json -Raw | ConvertFrom-Json -AsHashtable
        $json.model.vocab.Count | Should -Be 270
        $json.model.vocab['<|endoftext|>'] | Should -Be 0
    }

    It 'learns the same from the lines of a file, by its path and through the pipeline' {
        Set-Content -Path TestDrive:/notes.txt -Value ($Text -join "`n")
        $null = New-Tokenizer -Path TestDrive:/not*.txt -Destination TestDrive:/b.json -VocabularySize 270
        $null = Get-Item TestDrive:/notes.txt | New-Tokenizer -Destination TestDrive:/c.json -VocabularySize 270 -Threads 1
        Get-Content TestDrive:/c.json -Raw | Should -BeExactly (Get-Content TestDrive:/b.json -Raw)
    }

    It 'learns WordPiece, and another of the same parts' {
        $null = $Text | New-Tokenizer -Destination TestDrive:/d.json -Kind WordPiece -Lowercase -VocabularySize 60
        $null = $Text | New-Tokenizer -Destination TestDrive:/e.json -Like TestDrive:/d.json -VocabularySize 60
        Get-Content TestDrive:/e.json -Raw | Should -BeExactly (Get-Content TestDrive:/d.json -Raw)
        { $Text | New-Tokenizer -Destination TestDrive:/f.json -Like TestDrive:/d.json -Kind Bpe } | Should -Throw -ErrorId 'UsageInvalid,*'
    }

    It 'does nothing with -WhatIf' {
        $Text | New-Tokenizer -Destination TestDrive:/g.json -WhatIf | Should -BeNullOrEmpty
        Test-Path TestDrive:/g.json | Should -BeFalse
    }

    It 'replaces a file only with -Force' {
        Set-Content TestDrive:/h.json 'mine'
        { $Text | New-Tokenizer -Destination TestDrive:/h.json } | Should -Throw -ErrorId 'OutputExists,*'
        Get-Content TestDrive:/h.json | Should -Be 'mine'
        ($Text | New-Tokenizer -Destination TestDrive:/h.json -VocabularySize 260 -Force).VocabularySize | Should -Be 260
    }

    It 'refuses what cannot be learnt from, and leaves no file' {
        { '', $null | New-Tokenizer -Destination TestDrive:/i.json -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'TrainingTextEmpty,*'
        { $Text | New-Tokenizer -Destination TestDrive:/i.json -VocabularySize 100 } | Should -Throw -ErrorId 'VocabularyTooSmall,*'
        { New-Tokenizer -Path TestDrive:/none.txt -Destination TestDrive:/i.json -ErrorAction Stop } | Should -Throw
        Test-Path TestDrive:/i.json | Should -BeFalse
    }

    It 'has a view' {
        $PSStyle.OutputRendering = 'PlainText'
        $Text | New-Tokenizer -Destination TestDrive:/j.json -VocabularySize 260 | Out-String -Width 120 | Should -Match 'Kind +VocabularySize +Merges'
    }
}
