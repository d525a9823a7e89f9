BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'Models' {
    It 'sums a model up' {
        $model = Get-LanguageModel
        $model.Name | Should -Be 'embedded'
        $model.Blocks | Should -Be 6
        $model.Parameters | Should -BeGreaterThan 6000000
    }

    It 'takes a model by path, relative to the location, by object and by folder' {
        $folder = Join-Path $TestDrive 'a möbel'
        Copy-Item $EmbeddedModel $folder -Recurse
        Push-Location $TestDrive
        try {
            $tokens = Get-Token 'Once' -Model './a möbel'
            $tokens.Model | Should -Be $folder
            (Get-Token 'Once' -Model (Get-Item $folder)).Model | Should -Be $folder
            (Get-Token 'Once' -Model (Get-LanguageModel $folder)).Model | Should -Be $folder
            (Get-TokenEmbedding king -Model $folder | Find-NearestWord -Top 1).Model | Should -Be $folder
        }
        finally {
            Pop-Location
            Close-LanguageModel
        }
    }

    It 'takes the model that GPTX_MODEL names' {
        $env:GPTX_MODEL = (Resolve-Path $EmbeddedModel).Path
        try { (Get-Token a).Model | Should -Be $env:GPTX_MODEL } finally { Remove-Item Env:GPTX_MODEL }
    }

    It 'ends with an error where there is no such model' {
        { Get-Token a -Model ./nothing } | Should -Throw -ErrorId 'ModelNotFound,*'
        try { Get-Token a -Model ./nothing } catch { $_.CategoryInfo.Category | Should -Be 'ObjectNotFound' }
    }

    It 'ends with an error for a device that is not known' {
        { Get-Token a -Device abacus } | Should -Throw -ErrorId 'DeviceUnknown,*'
    }

    It 'completes the embedded model, devices and metrics' {
        $line = 'Get-Token a -Model emb'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'embedded'
        $line = 'Get-Token a -Device c'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'cpu', 'cuda', 'cuda:0'
        $line = 'Find-NearestWord a -Metric E'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'Euclidean'
    }

    It 'frees models, and opens them again' {
        $null = Get-NextToken a
        $said = Close-LanguageModel -Verbose 4>&1
        "$said" | Should -Match 'closed [1-9]'
        "$(Close-LanguageModel -Verbose 4>&1)" | Should -Match 'closed 0'
        Get-NextToken a -Top 1 | Should -HaveCount 1
    }

    It 'frees a model that is in use only when its command ends' {
        'a', 'b', 'c' | ForEach-Object { Close-LanguageModel; $_ } | Get-NextToken -Top 1 | Should -HaveCount 3
    }
}

Describe 'Test-LanguageModel' {
    BeforeDiscovery {
        $root = if ($env:GPTX_GOLDEN) { [IO.Path]::GetFullPath($env:GPTX_GOLDEN, [IO.Path]::GetFullPath("$PSScriptRoot/../..")) } else { Join-Path $PSScriptRoot '../../../shared/golden' }
        $Golden = @(Get-ChildItem (Join-Path $root 'checkpoints') -Directory -ErrorAction Ignore | Where-Object Name -EQ 'gpt2')
    }

    It 'agrees with the reference values of <Name>' -ForEach $Golden {
        $report = Test-LanguageModel $_.FullName
        $report.Passed | Should -BeTrue
        $report.Tensors.Count | Should -BeGreaterThan 3
        Test-LanguageModel $_.FullName -Quiet | Should -BeTrue
        Test-LanguageModel $_.FullName -Tolerance 0 -Quiet | Should -BeFalse
    }

    It 'does not pass a model that is not the one of <Name>' -ForEach $Golden {
        $report = Get-LanguageModel | Test-LanguageModel -GoldenPath $_.FullName
        $report.Passed | Should -BeFalse
        $report.Tensors[0].Note | Should -BeLike '*shape*'
    }

    It 'says that there is nothing to compare with' {
        { Test-LanguageModel embedded } | Should -Throw -ErrorId 'GoldenNotFound,*'
    }
}

Describe 'Compare-LanguageModel' {
    It 'finds no distance between a model and itself' {
        $same = 'Once upon a time', 'A king' | Compare-LanguageModel embedded embedded
        $same.Texts | Should -HaveCount 2
        $same.MaxDivergence | Should -Be 0
        $same.TopAgreement | Should -Be 1
        $same.PerplexityB | Should -Be $same.PerplexityA
    }

    It 'reads a passage where there is no text' {
        (Compare-LanguageModel embedded embedded -Window 64).Tokens | Should -BeGreaterThan 300
    }

    It 'ends with an error where there is no such model' {
        { Compare-LanguageModel embedded ./nothing } | Should -Throw -ErrorId 'ModelNotFound,*'
    }
}
