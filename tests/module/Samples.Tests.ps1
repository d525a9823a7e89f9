BeforeDiscovery { $Scripts = Get-ChildItem (Join-Path $PSScriptRoot '../../docs/samples') -Filter *.ps1 }

BeforeAll {
    . $PSScriptRoot/ImportGptx.ps1
    $Samples = Join-Path $PSScriptRoot '../../docs/samples'
}

Describe '<_.Name>' -ForEach $Scripts {
    It 'has at most 20 lines, and is in the list' {
        @(Get-Content $_).Count | Should -BeLessOrEqual 20
        Get-Content (Join-Path $_.Directory 'README.md') -Raw | Should -Match ([regex]::Escape("]($($_.Name))"))
    }
}

Describe 'The samples' {
    It 'find the strange lines of logs' {
        $folder = Join-Path $TestDrive 'logs'
        $null = New-Item $folder -ItemType Directory
        1..6 | ForEach-Object { "2026-01-0$_ the service started and the users came in"; "2026-01-0$_ the service was closed for the night" } | Set-Content $folder/first.log
        '2026-01-09 the service started and the users came in', '2026-01-09 xqz glork 0xDEAD !! vhorn??' | Set-Content $folder/second.log
        $found = & $Samples/Find-StrangeLogLine.ps1 $folder -First 3
        $found | Should -HaveCount 3
        $found[0].File | Should -Be 'second.log'
        $found[0].Number | Should -Be 2
        $found[0].Line | Should -BeLike '*glork*'
        $found.Surprisal | Should -Be ($found.Surprisal | Sort-Object -Descending)
    }

    It 'group tickets by meaning' {
        if (-not (Get-Command Group-Vector -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'this module has no Group-Vector'
            return
        }

        $path = Join-Path $TestDrive 'tickets.csv'
        'Id,Text', '1,the king is dead', '2,the queen is dead', '3,', '4,bread and butter', '5,bread and cheese', '6,the prince is dead' | Set-Content $path
        $rows = & $Samples/Group-Ticket.ps1 $path -Count 2
        $rows | Should -HaveCount 5
        ($rows | Group-Object Group | ForEach-Object { ($_.Group.Id | Sort-Object) -join ' ' } | Sort-Object) | Should -Be '1 2 6', '4 5'
        $rows.Text | Should -Contain $rows[0].About
    }

    It 'find texts that are nearly the same' {
        'how do I change my password', 'the train to the sea leaves at nine', 'how do I change my password?', 'my dog is ill', 'bread and butter' | Set-Content (Join-Path $TestDrive 'texts.txt')
        $pairs = @(& $Samples/Find-NearDuplicate.ps1 (Join-Path $TestDrive 'texts.txt') -Threshold 0.93)
        $pairs | Should -HaveCount 1
        $pairs[0].Text | Should -Be 'how do I change my password'
        $pairs[0].Match | Should -Be 'how do I change my password?'
        $null = & $Samples/Find-NearDuplicate.ps1 (Join-Path $TestDrive 'texts.txt') -Threshold 0.93 -Destination (Join-Path $TestDrive 'distinct.txt')
        Get-Content (Join-Path $TestDrive 'distinct.txt') | Should -HaveCount 4
    }

    It 'embed what came since last night' {
        $rows, $vectors = (Join-Path $TestDrive 'rows.jsonl'), (Join-Path $TestDrive 'vectors.jsonl')
        function Invoke-Night { pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModuleFolder'; & '$Samples/Invoke-NightlyEmbedding.ps1' '$rows' '$vectors'; exit `$LASTEXITCODE" }
        '{"id": 1, "text": "a cat"}', '{"id": 2, "text": "a dog"}' | Set-Content $rows
        Invoke-Night | Should -BeLike '*Done: 2 rows'
        $LASTEXITCODE | Should -Be 0
        '{"id": 2, "text": "a dog"}', '{"id": 3, "text": ""}' | Set-Content $rows
        $said = Invoke-Night
        $LASTEXITCODE | Should -Be 3
        $said[0] | Should -BeLike '*SomeRowsFailed: 2 rows*1 failed*gone from the input: 1'
        $said[1] | Should -BeLike '*TextEmpty*'
        (Get-Content "$vectors.summary.json" | ConvertFrom-Json).exitCode | Should -Be 3
        'no JSON' | Set-Content "$vectors.job.json"
        $null = Invoke-Night 3>$null
        $LASTEXITCODE | Should -Be 2
    }

    It 'watch the drift of a source of text' {
        $folder = Join-Path $TestDrive 'days'
        $null = New-Item $folder -ItemType Directory
        1..12 | ForEach-Object { "the king came to castle number $_" } | Set-Content $folder/2026-01-01.txt
        13..24 | ForEach-Object { "the king came to castle number $_" } | Set-Content $folder/2026-01-02.txt
        1..12 | ForEach-Object { if ($_ % 2) { "the king came to castle number $_" } else { "error 40${_}: SELECT 17 FROM t" } } | Set-Content $folder/2026-01-03.txt
        $days = & $Samples/Watch-TextDrift.ps1 $folder
        $days.File | Should -Be '2026-01-01.txt', '2026-01-02.txt', '2026-01-03.txt'
        $days[0].PValue | Should -Be 1
        $days[0].Effect | Should -Be 0
        $days[1].Effect | Should -BeLessThan $days[2].Effect
        $days[2].PValue | Should -BeLessOrEqual 0.05
        $days[2].Grown | Should -BeLike 'error*'
        $days.Lines | Should -Be 12, 12, 12
    }
}
