BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'Export-Figure' {
    It 'draws <Name>' -ForEach @(
        @{ Name = 'tokens'; Make = { Get-Token 'The king rode out.' }; Says = 'Tokens of' }
        @{ Name = 'surprisal, token by token'; Make = { Measure-TokenSurprisal 'The king rode out.' }; Says = 'How surprising' }
        @{ Name = 'surprisal, a text each'; Make = { Measure-TokenSurprisal 'The king rode out.' -Summary }; Says = 'How surprising' }
        @{ Name = 'next tokens'; Make = { Get-NextToken 'Once upon a' }; Says = 'The next token after' }
        @{ Name = 'token vectors'; Make = { Get-TokenEmbedding king, queen }; Says = 'Embeddings of' }
        @{ Name = 'text vectors'; Make = { Get-TextEmbedding 'The king rode out.' }; Says = 'Embeddings of' }
        @{ Name = 'positions'; Make = { Get-PositionEmbedding -Position 0, 1, 2 }; Says = 'Position embeddings' }
        @{ Name = 'hidden states'; Make = { Get-HiddenState 'The king rode out.' -Layer 2 }; Says = 'layer 2' }
        @{ Name = 'attention'; Make = { Get-AttentionMap 'The king rode out.' -Block 0 }; Says = '8 heads of block 0' }
        @{ Name = 'attention, cell by cell'; Make = { Get-AttentionMap 'The king rode out.' -Block 0 -Head 0 -Flat }; Says = 'block 0, head 0' }
        @{ Name = 'activations'; Make = { Get-Activation 'Once upon' embed }; Says = 'embed of' }
        @{ Name = 'neighbours'; Make = { Find-NearestWord king }; Says = 'Nearest to' }
        @{ Name = 'a layout'; Make = { Get-TokenEmbedding king, queen, bread, butter | ConvertTo-Projection }; Says = '4 vectors' }
        @{ Name = 'groups'; Make = { Get-TokenEmbedding king, queen, bread, butter | Group-Vector -Count 2 }; Says = '4 vectors in 2 groups' }
        @{ Name = 'the logit lens'; Make = { Get-LogitLens 'Once upon a' }; Says = 'Logit lens' }
        @{ Name = 'heads'; Make = { Measure-AttentionHead 'The king rode out.' }; Says = 'What each head' }
        @{ Name = 'attribution'; Make = { Get-LogitAttribution 'Once upon a' }; Says = 'What makes the model say' }
        @{ Name = 'weights'; Make = { Measure-Weight }; Says = 'How large' }
        @{ Name = 'similarities'; Make = { Measure-VectorSimilarity king, queen, bread }; Says = 'How alike' }
    ) {
        $file = & $Make | Export-Figure (Join-Path $TestDrive 'figure.svg') -Force
        $file | Should -BeOfType System.IO.FileInfo
        $title = ([xml](Get-Content $file -Raw)).svg.title.'#text'
        $title | Should -BeLike "*$Says*"
    }

    It 'makes a page and a picture, by the ending' {
        $maps = Get-AttentionMap 'The king rode out.' -Block 0 -Head 0
        $maps | Export-Figure $TestDrive/a.html | Out-Null
        Get-Content $TestDrive/a.html -First 1 | Should -Be '<!doctype html>'
        $maps | Export-Figure $TestDrive/a.png | Out-Null
        (Get-Content $TestDrive/a.png -AsByteStream -TotalCount 4) | Should -Be 0x89, 0x50, 0x4E, 0x47
        { $maps | Export-Figure $TestDrive/a.jpg } | Should -Throw -ErrorId 'FigureEndingUnknown,*'
        { Get-NextToken Hi | Export-Figure $TestDrive/b.png } | Should -Throw -ErrorId 'FigureNotMatrix,*'
        "$TestDrive/b.png" | Should -Not -Exist
    }

    It 'replaces a file with -Force only, and nothing with -WhatIf' {
        $tokens = Get-Token 'Hi there'
        Set-Content $TestDrive/mine.svg mine
        { $tokens | Export-Figure $TestDrive/mine.svg } | Should -Throw -ErrorId 'OutputExists,*'
        $tokens | Export-Figure $TestDrive/mine.svg -Force -WhatIf
        Get-Content $TestDrive/mine.svg | Should -Be mine
        $tokens | Export-Figure $TestDrive/mine.svg -Force -Title 'My <own> title' | Out-Null
        ([xml](Get-Content $TestDrive/mine.svg -Raw)).svg.title.'#text' | Should -Be 'My <own> title'
    }

    It 'says of what there is no figure' {
        { 1, 2 | Export-Figure $TestDrive/c.svg } | Should -Throw -ErrorId 'FigureUnknown,*'
        { (Get-Token a), (Get-NextToken a) | ForEach-Object { $_ } | Export-Figure $TestDrive/c.svg } | Should -Throw -ErrorId 'FigureMixed,*'
        "$TestDrive/c.svg" | Should -Not -Exist
    }
}
