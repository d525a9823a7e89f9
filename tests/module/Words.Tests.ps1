BeforeAll {
    . $PSScriptRoot/ImportGptx.ps1
    $Folder = Join-Path $TestDrive 'words'
    New-Item -ItemType Directory $Folder | Out-Null
    $GloVe = Join-Path $Folder 'tiny.glove.txt'
    Set-Content $GloVe @(
        'king 1 0.1 0'
        'queen 1 0.1 1'
        'man 0.2 1 0'
        'woman 0.2 1 1'
        'bread -1 -1 0.2'
    )
}

Describe 'Files of word vectors' {
    It 'are searched in place of a model' {
        (Find-NearestWord king -Vectors $GloVe -Top 1).Word | Should -Be 'queen'
        (Find-WordAnalogy 'king - man + woman' -Vectors $GloVe -Top 1).Word | Should -Be 'queen'
        (Find-WordAnalogy 'king - man + woman' -Vectors $GloVe -Top 1 -Method Mul).Word | Should -Be 'queen'
        (Find-OddWord king, queen, man, bread -Vectors $GloVe).Word | Should -Be 'bread'
        ('king', 'queen' | Measure-VectorSimilarity -Vectors $GloVe).Model | Should -Be 'tiny.glove.txt'
    }

    It 'say which word they do not have, and that they are no model' {
        Find-NearestWord castle -Vectors $GloVe -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'WordUnknown,*'
        { Find-NearestWord king -Vectors $GloVe -Model embedded } | Should -Throw -ErrorId 'UsageInvalid*'
    }
}

Describe 'Benchmarks of word vectors' {
    It 'count analogies by section' {
        $questions = Join-Path $Folder 'questions.txt'
        Set-Content $questions ': family', 'man woman king queen', 'man woman king bread', 'man woman king castle'
        $scores = Measure-WordAnalogy $questions -Vectors $GloVe
        $scores | ForEach-Object Section | Should -Be 'family', 'total'
        $scores[0].Correct | Should -Be 1
        $scores[0].Asked | Should -Be 2
        $scores[0].Skipped | Should -Be 1
        (Measure-WordAnalogy $questions -Vectors $GloVe -CountUnknown)[0].Asked | Should -Be 3
    }

    It 'correlate with people' {
        $pairs = Join-Path $Folder 'pairs.tsv'
        Set-Content $pairs "king`tqueen`t9", "king`tman`t3", "king`tbread`t1"
        $score = Measure-WordSimilarity $pairs -Vectors $GloVe
        $score.Compared | Should -Be 3
        $score.Spearman | Should -Be 1
    }
}

Describe 'ConvertTo-Projection' {
    It 'lays words of the model out' {
        $points = 'king', 'queen', 'bread', 'butter' | ConvertTo-Projection
        $points | ForEach-Object Text | Should -Be 'king', 'queen', 'bread', 'butter'
        $points[0].X | Should -BeOfType double
        $points[0].Z | Should -BeNullOrEmpty
    }

    It 'takes objects with vectors, and gives the same points from the same seed at any number of threads' {
        $vectors = 1..40 | ForEach-Object { $n = $_; [pscustomobject]@{ Text = "p$_"; Vector = [float[]](1..5 | ForEach-Object { [math]::Sin($_ * $n) }) } }
        foreach ($method in 'Tsne', 'Umap') {
            $one = $vectors | ConvertTo-Projection -Method $method -Iterations 50 -Threads 1 -Seed 3
            $two = $vectors | ConvertTo-Projection -Method $method -Iterations 50 -Threads 2 -Seed 3
            $one | ForEach-Object X | Should -Be ($two | ForEach-Object X)
        }
    }

    It 'hands the quality out with -Whole, and places new vectors' {
        $whole = 'king', 'queen', 'bread', 'butter' | Get-TokenEmbedding -Word | ConvertTo-Projection -New (Get-TokenEmbedding prince) -Whole
        $whole.Quality.ExplainedVarianceRatio | Should -HaveCount 2
        $whole.Points | Should -HaveCount 5
        $whole.Points[4].IsNew | Should -BeTrue
    }

    It 'refuses a perplexity that is too high, and says what is allowed' {
        { 'king', 'queen', 'bread', 'butter' | ConvertTo-Projection -Method Tsne -Perplexity 30 } | Should -Throw '*perplexity 30*4*' -ErrorId 'OptionOutOfRange*'
    }
}

Describe 'Group-Vector' {
    It 'puts like to like' {
        $groups = 'king', 'queen', 'prince', 'bread', 'butter' | Group-Vector -Count 2
        $groups | ForEach-Object Size | Should -Be 3, 2
        $groups[0].Members.Text | Should -Be 'king', 'queen', 'prince'
        $groups[1].Representatives | Should -Contain 'bread'
    }
}
