BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'Get-HiddenState' {
    It 'gives one object a token and layer' {
        $states = Get-HiddenState 'Once upon a time' -Layer 0, -1
        $states | Should -HaveCount 8
        $states.Layer | Select-Object -Unique | Should -Be 0, 6
        $states[0].Vector | Should -HaveCount 256
        $states | Group-Object Layer | ForEach-Object Count | Should -Be 4, 4
    }

    It 'refuses a layer that is not there, and ends' {
        { Get-HiddenState a -Layer 99 } | Should -Throw -ErrorId 'LayerOutOfRange,*'
    }
}

Describe 'Get-AttentionMap' {
    It 'gives a map a head, whose rows sum to 1' {
        Get-AttentionMap 'Once upon a time' | Should -HaveCount 48
        $map = Get-AttentionMap 'Once upon a time' -Block 2 -Head 3
        $map.Block | Should -Be 2
        $map.Head | Should -Be 3
        foreach ($row in $map.Pattern) { [math]::Abs(($row | Measure-Object -Sum).Sum - 1) | Should -BeLessThan 1e-5 }
    }

    It 'gives rows to sort and export with -Flat' {
        $weights = Get-AttentionMap 'Once upon a time' -Block 0 -Head 0 -Flat
        $weights | Should -HaveCount 16
        ($weights | Group-Object Query | ForEach-Object { ($_.Group | Measure-Object Weight -Sum).Sum }) | ForEach-Object { [math]::Abs($_ - 1) | Should -BeLessThan 1e-5 }
    }
}

Describe 'Get-Activation' {
    It 'gives what was asked for, by name and by pattern' {
        (Get-Activation 'Once upon' blocks.*.attn.pattern).Name | Should -HaveCount 6
        $embed = Get-Activation 'Once upon' embed
        $embed.Shape | Should -Be 2, 256
        $embed.Values | Should -HaveCount 512
        $embed.Values[0] | Should -Be (Get-TokenEmbedding -Id (Get-Token Once).Id).Vector[0]
    }

    It 'says which names there are' {
        { Get-Activation a nothing } | Should -Throw -ErrorId 'ActivationNotFound,*'
    }

    It 'completes names' {
        $line = 'Get-Activation a -Name blocks.0.attn.p'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'blocks.0.attn.pattern'
    }
}

Describe 'Measure-TokenSurprisal' {
    It 'agrees with the next-token distribution' {
        $tokens = Measure-TokenSurprisal 'Once upon a time'
        $tokens[0].Surprisal | Should -BeNullOrEmpty
        $next = Get-NextToken 'Once upon a' -Top 100 | Where-Object Token -EQ ' time'
        [math]::Abs($tokens[3].Surprisal - $next.Surprisal) | Should -BeLessThan 1e-4
        $tokens[3].Rank | Should -Be $next.Rank
        ($tokens | Sort-Object Surprisal -Descending)[0].Token | Should -Be ' time'
    }

    It 'sums a text up' {
        $score = Measure-TokenSurprisal 'Once upon a time' -Summary
        $score.TokensCounted | Should -Be 3
        [math]::Abs([math]::Log($score.Perplexity) - $score.MeanSurprisal) | Should -BeLessThan 1e-9
    }

    It 'reads long texts in windows' {
        $long = 'word ' * 700
        Measure-TokenSurprisal $long -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'TextTooLong,*'
        (Measure-TokenSurprisal $long -Stride 256 -Summary).TokensCounted | Should -BeGreaterThan 600
    }
}
