BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'Get-TokenEmbedding' {
    It 'looks a word up as it stands in running text' {
        $king = Get-TokenEmbedding king
        $king | Should -HaveCount 1
        $king.Text | Should -Be 'king'
        $king.Token | Should -Be ' king'
        $king.Vector | Should -HaveCount 256
        $king.Model | Should -Be 'embedded'
    }

    It 'gives one object a token, and with -Word their mean' {
        $tokens = Get-TokenEmbedding 'New York'
        $tokens.Token | Should -Be ' New', ' York'
        $word = Get-TokenEmbedding 'New York' -Word
        $word | Should -HaveCount 1
        $word.Tokens | Should -Be ' New', ' York'
        $word.IsMean | Should -BeTrue
        [math]::Abs($word.Vector[3] - ($tokens[0].Vector[3] + $tokens[1].Vector[3]) / 2) | Should -BeLessThan 1e-6
    }
}

Describe 'Find-NearestWord' {
    It 'answers the pipe of the README' {
        $near = Get-TokenEmbedding king, queen | Find-NearestWord -Top 5
        $near | Should -HaveCount 10
        $near[0].Word | Should -Be 'queen'
        $near[0].Text | Should -Be 'king'
        $near | ForEach-Object Rank | Should -Be (1..5 + 1..5)
        $near[0].Score | Should -BeGreaterThan $near[1].Score
        $near.Word | Select-Object -First 5 | Should -Not -Contain 'king'
    }

    It 'takes a word as well, and both give the same' {
        ('king' | Find-NearestWord -Top 3).Word | Should -Be (Get-TokenEmbedding king | Find-NearestWord -Top 3).Word
        (Find-NearestWord king -Top 3).Word | Should -Be (Get-TokenEmbedding king | Find-NearestWord -Top 3).Word
    }

    It 'takes objects with a text, and lists the properties of those with neither text nor vector' {
        ([pscustomobject]@{ Text = 'king' } | Find-NearestWord -Top 1).Word | Should -Be 'queen'
        [pscustomobject]@{ Size = 1 } | Find-NearestWord -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'VectorMissing,*'
        "$($errors[0])" | Should -BeLike '*Size*'
    }

    It 'takes plain numbers' {
        (Find-NearestWord -Vector (Get-TokenEmbedding king).Vector -Top 1).Word | Should -Be 'king'
    }

    It 'takes vectors that were stored as JSON' {
        $stored = Get-TokenEmbedding king | ConvertTo-Json -Depth 3 | ConvertFrom-Json
        ($stored | Find-NearestWord -Top 3).Word | Should -Be (Find-NearestWord king -Top 3).Word
    }

    It 'searches a list, every token, and with the word itself' {
        (Find-NearestWord king -WordList queen, table, prince -Top 2).Word | Should -Be 'queen', 'prince'
        (Find-NearestWord king -IncludeSelf -Top 1).Word | Should -Be 'king'
        Find-NearestWord king -AllToken -Top 2 | Should -HaveCount 2
        (Find-NearestWord king -Metric Euclidean -Top 2 | Select-Object -ExpandProperty Metric)[0] | Should -Be 'Euclidean'
    }

    It 'refuses the vector of another model, and goes on with the next' {
        $alien = [pscustomobject]@{ Text = 'x'; Vector = [float[]](1..256); Model = 'other' }
        $near = $alien, (Get-TokenEmbedding king) | Find-NearestWord -Model embedded -Top 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $near.Word | Should -Be 'queen'
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ModelMismatch,*'
    }

    It 'refuses a vector of another width' {
        [pscustomobject]@{ Text = 'x'; Vector = 1, 2, 3 } | Find-NearestWord -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'WidthMismatch,*'
    }
}

Describe 'Arithmetic on words' {
    It 'completes an analogy, quoted, unquoted and by parameters' {
        (Find-WordAnalogy 'king - man + woman' -Top 1).Word | Should -Be 'queen'
        (Find-WordAnalogy king - man + woman -Top 1).Word | Should -Be 'queen'
        (Find-WordAnalogy -Plus king, woman -Minus man -Top 1).Word | Should -Be 'queen'
        ('king - man + woman' | Find-WordAnalogy -Top 1).Word | Should -Be 'queen'
    }

    It 'finds the odd one out' {
        (Find-OddWord king, queen, prince, table).Word | Should -Be 'table'
        ('king', 'queen', 'prince', 'table' | Find-OddWord).Word | Should -Be 'table'
        Find-OddWord king, queen, prince, table -All | Should -HaveCount 4
    }
}

Describe 'Vectors of texts and positions' {
    It 'finds the nearest of one''s own vectors' {
        $vectors = Get-TextEmbedding 'a cat', 'a dog', 'the law'
        ($vectors[0] | Find-NearestVector -In $vectors -Top 1).Match | Should -Be 'a dog'
        ($vectors | Find-NearestVector -Top 1).Match | Should -Be 'a dog', 'a cat', 'a dog'
    }

    It 'searches a file of vectors' {
        $path = Join-Path $TestDrive 'vectors.jsonl'
        Get-TextEmbedding 'a cat', 'a dog' | ForEach-Object { @{ text = $_.Text; vector = $_.Vector } | ConvertTo-Json -Compress } | Set-Content $path
        (Get-TextEmbedding 'a cat' | Find-NearestVector -In $path -Top 1).Match | Should -Be 'a dog'
    }

    It 'measures similarity of each pair, and with others' {
        $pairs = Get-TokenEmbedding king, queen, table | Measure-VectorSimilarity
        $pairs | Should -HaveCount 3
        $pairs[0].Text | Should -Be 'king'
        $pairs[0].Other | Should -Be 'queen'
        [math]::Abs($pairs[0].Score - (Find-NearestWord king -Top 1).Score) | Should -BeLessThan 1e-6
        'king' | Measure-VectorSimilarity -With king | ForEach-Object Score | Should -BeGreaterThan 0.999
    }

    It 'scales, pools and reads layers' {
        $unit = Get-TextEmbedding 'a cat' -Normalize
        ($unit.Vector | ForEach-Object { $_ * $_ } | Measure-Object -Sum).Sum | Should -BeGreaterThan 0.9999
        (Get-TextEmbedding 'a cat' -Pooling Last).Vector[0] | Should -Be (Get-HiddenState 'a cat' -Position -1).Vector[0]
        (Get-TextEmbedding 'a cat' -Layer 0).Layer | Should -Be 0
    }

    It 'has the position embeddings' {
        Get-PositionEmbedding | Should -HaveCount 512
        (Get-PositionEmbedding 3).Vector | Should -HaveCount 256
        (1, 2 | Get-PositionEmbedding).Position | Should -Be 1, 2
    }
}
