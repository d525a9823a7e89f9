# Jobs: rows of files into a file. Where the tool was built, or GPTX_TOOL names it, both make the same bytes.

BeforeDiscovery {
    $built = 'Release', 'Debug' | ForEach-Object { Join-Path $PSScriptRoot "../../tool/bin/$_/net10.0/gptx.dll" }
    $Tool = @($env:GPTX_TOOL) + $built | Where-Object { $_ -and (Test-Path $_) } | Select-Object -First 1
}

BeforeAll {
    . $PSScriptRoot/ImportGptx.ps1

    function New-Folder {
        $folder = Join-Path $TestDrive (New-Guid)
        $null = New-Item $folder -ItemType Directory
        '{"id": "a", "note": "the king rode out", "page": 1}', '{"id": "b", "note": "", "page": 2}', '{"id": "c", "note": "a cat sat on the mat", "page": 3}', '{"id": "a", "note": "again", "page": 4}' |
            Set-Content $folder/notes.jsonl
        'the king rode out', '', 'a cat sat on the mat', 'once upon a time there was a tree' | Set-Content $folder/lines.txt
        $folder
    }

    function Get-Hash($Path) { (Get-FileHash -LiteralPath $Path).Hash }
}

Describe 'gptx <Arguments>' -ForEach @(
    @{ Tool = $Tool; Ending = 'jsonl'; Arguments = 'embed', '--pooling', 'max', '--normalize'; Command = { Get-TextEmbedding -Pooling Max -Normalize @args } }
    @{ Tool = $Tool; Ending = 'csv'; Arguments = 'score', '--stride', '8', '--begin', '0'; Command = { Measure-TokenSurprisal -Stride 8 -Begin 0 @args } }
    @{ Tool = $Tool; Ending = 'parquet'; Arguments = 'tokenize', '--rows', 'token'; Command = { Get-Token -Rows token @args } }
    @{ Tool = $Tool; Ending = 'parquet'; Arguments = 'next', '--top', '3', '--batch-size', '2', '--max-row-tokens', '4'; Command = { Get-NextToken -Top 3 -BatchSize 2 -MaxRowTokens 4 @args } }
    @{ Tool = $Tool; Ending = 'jsonl'; Arguments = 'generate', '--seed', '3', '--max-tokens', '4', '--count', '2'; Command = { Invoke-TextGeneration -Seed 3 -MaxTokens 4 -Count 2 @args } }
    @{ Tool = $Tool; Ending = 'csv'; Arguments = 'lens', '--layer', '0', '--position', '-1', '--top', '2'; Command = { Get-LogitLens -Layer 0 -Position -1 -Top 2 @args } }
) {
    It 'makes the bytes of the cmdlet, for .<Ending>, and either goes on with the other''s job' {
        if (-not $Tool) {
            Set-ItResult -Skipped -Because 'gptx is not built here and GPTX_TOOL does not name it'
            return
        }

        $folder = New-Folder
        $all = $Arguments + '--input', "$folder/notes.jsonl", '--text-field', 'note', '--id-field', 'id', '--keep', 'page', '--out', "$folder/tool.$Ending"
        if ($Tool -like '*.dll') { dotnet $Tool @all 2>$null } else { & $Tool @all 2>$null }
        $LASTEXITCODE | Should -Be 3
        $rows = @{ Path = "$folder/notes.jsonl"; Property = 'note'; IdProperty = 'id'; Keep = 'page' }
        $report = & $Command @rows -Destination "$folder/module.$Ending" -ErrorAction SilentlyContinue
        $report.ExitCode | Should -Be 3
        foreach ($suffix in $Ending, "$Ending.errors.jsonl") { Get-Hash "$folder/module.$suffix" | Should -Be (Get-Hash "$folder/tool.$suffix") }
        (& $Command @rows -Destination "$folder/tool.$Ending" -Resume -AcceptError 4).RowsBefore | Should -Be 4
    }
}

Describe 'The report of a job' {
    It 'says how it went, and where rows that failed are listed' {
        $folder = New-Folder
        $report = Get-Token -Path $folder/notes.jsonl -Property note -IdProperty id -Destination $folder/out.jsonl -AcceptError 50% -SummaryPath $folder/summary.json
        $report.GetType().FullName | Should -Be 'Gptx.Jobs.JobReport'
        $report.Status | Should -Be 'Done'
        $report.Rows, $report.Failed, $report.ExitCode | Should -Be 4, 2, 0
        $report.Finished | Should -BeTrue
        $report.PeakMemory | Should -BeGreaterThan 1e6
        $errors = Get-Content $report.Errors | ConvertFrom-Json
        $errors.rowId | Should -Be 'b', 'a'
        $errors.error | Should -Be 'TextEmpty', 'RowIdRepeated'
        "$report" | Should -BeLike "4 rows; 2 failed (*out.jsonl.errors.jsonl)"
        ($report | Out-String) | Should -BeLike '*Status*Rows*Failed*Memory*Done*out.jsonl*'
        $summary = Get-Content $folder/summary.json | ConvertFrom-Json
        foreach ($property in 'Rows', 'Failed', 'Tokens', 'ExitCode', 'Output', 'Finished') { $summary.$property | Should -Be $report.$property }
    }

    It 'is the target of the error that says that rows failed, and comes before it' {
        $folder = New-Folder
        $report = Get-Token -Path $folder/lines.txt -Destination $folder/out.csv -ErrorPath $folder/bad.jsonl -ErrorVariable failed -ErrorAction SilentlyContinue
        $report.Status | Should -Be 'SomeRowsFailed'
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'SomeRowsFailed,*'
        $failed[0].TargetObject.Output | Should -Be $report.Output
        "$($failed[0])" | Should -BeLike "1 of 4 rows failed: *bad.jsonl lists them*"
        $failed[0].CategoryInfo.Category | Should -Be 'InvalidData'
        Get-Content $folder/bad.jsonl | Should -HaveCount 1
        try { Get-Token -Path $folder/lines.txt -Destination $folder/out.csv -ErrorPath $folder/bad.jsonl -Resume -ErrorAction Stop; throw 'it did not stop' }
        catch { $_.TargetObject.Rows | Should -Be 4 }
    }

    It 'of a job with too many errors is the target of what ends the command, and the job goes on' {
        $folder = New-Folder
        try { Get-Token -Path $folder/lines.txt -Destination $folder/out.csv -MaxError 0 -SummaryPath $folder/summary.json; throw 'it did not stop' }
        catch {
            $_.FullyQualifiedErrorId | Should -BeLike 'TooManyErrors,*'
            $_.CategoryInfo.Category | Should -Be 'WriteError'
            $_.TargetObject.Resumable | Should -BeTrue
            "$_" | Should -BeLike '*-MaxError*-Resume goes on'
        }
        (Get-Content $folder/summary.json | ConvertFrom-Json).status | Should -Be 'stopped'
        "$folder/out.csv" | Should -Not -Exist
        (Get-Token -Path $folder/lines.txt -Destination $folder/out.csv -Resume -AcceptError 1).Status | Should -Be 'Done'
    }
}

Describe 'A job that is stopped' {
    It 'ends soon, keeps its rows, and goes on to the same bytes' {
        $folder = New-Folder
        1..240 | ForEach-Object { "line $_ of a text that is long enough to keep a model busy for a while, and a little more" } | Set-Content $folder/long.txt
        $shell = [powershell]::Create().AddScript({
            param($module, $folder)
            Import-Module $module
            Measure-TokenSurprisal -Path $folder/long.txt -Destination $folder/out.csv -SummaryPath $folder/summary.json
        }).AddArgument($ModuleFolder).AddArgument($folder)
        $null = $shell.BeginInvoke()
        $log = "$folder/out.csv.partial/0-of-1.log"
        $waited = [Diagnostics.Stopwatch]::StartNew()
        while (-not ((Test-Path $log) -and (Get-Item $log).Length -gt 1000) -and $waited.Elapsed.TotalSeconds -lt 60) { Start-Sleep -Milliseconds 20 }
        $waited.Restart()
        $shell.Stop()
        $waited.Elapsed.TotalSeconds | Should -BeLessThan 5
        "$folder/out.csv" | Should -Not -Exist
        $summary = Get-Content $folder/summary.json | ConvertFrom-Json
        $summary.status, $summary.exitCode, $summary.resumable | Should -Be 'interrupted', 130, $true
        { Measure-TokenSurprisal -Path $folder/long.txt -Destination $folder/out.csv } | Should -Throw -ErrorId 'JobUnfinished,*' -ExpectedMessage '*-Resume*-Force*'
        { Measure-TokenSurprisal -Path $folder/long.txt -Destination $folder/out.csv -Begin 0 -Resume } | Should -Throw -ErrorId 'JobDiffers,*'
        $report = Measure-TokenSurprisal -Path $folder/long.txt -Destination $folder/out.csv -Resume
        $report.Rows | Should -Be 240
        $report.RowsBefore | Should -BeGreaterThan 0
        $null = Measure-TokenSurprisal -Path $folder/long.txt -Destination $folder/whole.csv
        Get-Hash $folder/out.csv | Should -Be (Get-Hash $folder/whole.csv)
    }
}

Describe 'Shards' {
    It 'side by side, joined, are the bytes of a single run' {
        $folder = New-Folder
        1..5 | ForEach-Object { "the text of file $_", '', "and its end, $_" | Set-Content $folder/part-$_.txt }
        $whole = Get-TextEmbedding -Path $folder/part-*.txt -Destination $folder/whole.csv -AcceptError 5
        $whole.Rows, $whole.Failed | Should -Be 15, 5
        { Merge-TextJob $folder/out.csv } | Should -Throw -ErrorId 'ShardsMissing,*'
        $shards = 0..2 | ForEach-Object -Parallel {
            Import-Module $using:ModuleFolder
            Get-TextEmbedding -Path $using:folder/part-*.txt -Destination $using:folder/out.csv -Shard "$_/3" -Threads 1 -AcceptError 5
        }
        ($shards | Measure-Object Rows -Sum).Sum | Should -Be 15
        $shards.Shard | Sort-Object | Should -Be '0/3', '1/3', '2/3'
        $null = Merge-TextJob $folder/out.csv -WhatIf
        "$folder/out.csv" | Should -Not -Exist
        (Merge-TextJob $folder/out.csv -AcceptError 5).Status | Should -Be 'Done'
        Get-Hash $folder/out.csv | Should -Be (Get-Hash $folder/whole.csv)
        Get-Hash $folder/out.csv.errors.jsonl | Should -Be (Get-Hash $folder/whole.csv.errors.jsonl)
        "$folder/out.csv.partial" | Should -Not -Exist
        (Merge-TextJob $folder/out.csv -ErrorAction SilentlyContinue).ExitCode | Should -Be 3
    }

    It 'of generated text need a seed, and are allowed numbers alone' {
        $folder = New-Folder
        { Invoke-TextGeneration -Path $folder/lines.txt -Destination $folder/out.jsonl -Shard 0/2 } | Should -Throw -ErrorId 'UsageInvalid,*' -ExpectedMessage '-Shard needs -Seed*'
        { Get-Token -Path $folder/lines.txt -Destination $folder/out.jsonl -Shard 2/2 } | Should -Throw -ErrorId 'ShardInvalid,*'
    }
}

Describe 'Paths of a job' {
    It 'are relative to the location of PowerShell' {
        $folder = New-Folder
        Push-Location $folder
        try {
            $report = Get-Token -Path lines.txt -Destination out.jsonl -ErrorPath bad.jsonl -SummaryPath summary.json -AcceptError 1
            $report.Output | Should -Be (Join-Path $folder out.jsonl)
            'out.jsonl', 'bad.jsonl', 'summary.json' | ForEach-Object { Join-Path $folder $_ | Should -Exist }
        }
        finally { Pop-Location }
    }

    It 'may have blanks and brackets, and be of a drive' {
        $folder = New-Folder
        Copy-Item $folder/lines.txt "$folder/a [1] b.txt"
        'other' | Set-Content "$folder/a 1 b.txt"
        (Get-Token -Path "$folder/a [1] b.txt" -Destination "$folder/out [2].jsonl" -AcceptError 1).Rows | Should -Be 4
        "$folder/out [2].jsonl" | ForEach-Object { Test-Path -LiteralPath $_ } | Should -BeTrue
        (Get-Token -Path (Get-Item -LiteralPath "$folder/a [1] b.txt") -Destination "$folder/again.jsonl" -AcceptError 1).Rows | Should -Be 4
        Set-Content TestDrive:/drive.txt 'a text'
        (Get-Token -Path TestDrive:/drive.txt -Destination TestDrive:/drive.jsonl).Rows | Should -Be 1
        'TestDrive:/drive.jsonl' | Should -Exist
    }

    It 'take wildcards in the order of names, and name files of one name by their folders' {
        $folder = New-Folder
        $null = New-Item $folder/x, $folder/y -ItemType Directory
        'b' | Set-Content $folder/x/b.txt
        'a' | Set-Content $folder/x/a.txt
        'a' | Set-Content $folder/y/a.txt
        Push-Location $folder
        try { $null = Get-Token -Path x/?.txt, y/a.txt -Destination out.jsonl } finally { Pop-Location }
        (Get-Content $folder/out.jsonl | ConvertFrom-Json).rowId | Should -Be 'x/a.txt:0', 'b.txt:0', 'y/a.txt:0'
    }

    It 'are refused where there is nothing, and nothing is touched: <Name>' -ForEach @(
        @{ Name = 'no file'; Arguments = @{ Path = 'none.txt' }; Id = 'InputNotReadable' }
        @{ Name = 'a folder'; Arguments = @{ Path = '.' }; Id = 'InputNotReadable' }
        @{ Name = 'no match'; Arguments = @{ Path = 'none*.txt' }; Id = 'InputNotReadable' }
        @{ Name = 'a file twice'; Arguments = @{ Path = 'lines.txt', 'lines.*' }; Id = 'InputTwice' }
        @{ Name = 'an unknown ending'; Arguments = @{ Path = 'lines.txt'; Destination = 'out.xyz' }; Id = 'OutputKindUnknown' }
        @{ Name = 'accepted errors that are no number'; Arguments = @{ Path = 'lines.txt'; AcceptError = 'some' }; Id = 'OptionOutOfRange' }
        @{ Name = 'a name that is taken'; Arguments = @{ Path = 'notes.jsonl'; Property = 'note'; Keep = 'model' }; Id = 'KeepNameTaken' }
        @{ Name = 'no list'; Arguments = @{ Path = 'lines.txt'; Rows = 'token' }; Id = 'RowsNotDivisible'; Command = 'Get-TextEmbedding' }
    ) {
        $folder = New-Folder
        $before = Get-ChildItem $folder -Recurse -Name
        Push-Location $folder
        try {
            $all = @{ Destination = 'out.jsonl' } + @{}
            foreach ($key in $Arguments.Keys) { $all[$key] = $Arguments[$key] }
            $name = if ($Command) { $Command } else { 'Get-Token' }
            { & $name @all } | Should -Throw -ErrorId "$Id,*"
        }
        finally { Pop-Location }
        Get-ChildItem $folder -Recurse -Name | Should -Be $before
    }

    It 'take no pipeline input' {
        $folder = New-Folder
        { 'a', 'b' | Get-TextEmbedding -Path $folder/lines.txt -Destination $folder/out.jsonl } | Should -Throw -ErrorId 'PathTakesNoPipeline,*' -ExpectedMessage '-Path names the files*'
        "$folder/out.jsonl" | Should -Not -Exist
    }
}

Describe '-WhatIf' {
    It 'touches nothing, and says what the job would take' {
        $folder = New-Folder
        $before = Get-ChildItem $folder -Recurse -Name
        $estimate = Get-TextEmbedding -Path $folder/lines.txt -Destination $folder/out.jsonl -WhatIf
        $estimate.GetType().FullName | Should -Be 'Gptx.Jobs.JobEstimate'
        $estimate.Rows, $estimate.Failed | Should -Be 4, 1
        $estimate.Tokens | Should -Be (Get-Content $folder/lines.txt | Where-Object { $_ } | Get-Token).Count
        $estimate.Seconds | Should -BeGreaterThan 0
        ($estimate | Out-String) | Should -BeLike '*Rows*Tokens*Time*Memory*'
        Get-ChildItem $folder -Recurse -Name | Should -Be $before
        { $WhatIfPreference = $true; (Get-Token -Path $folder/lines.txt -Destination $folder/out.jsonl).Rows } | Should -Not -Throw
        Get-ChildItem $folder -Recurse -Name | Should -Be $before
    }
}

Describe 'A finished job' {
    It 'stays unless -Force is given, and is brought up to date by -Update' {
        $folder = New-Folder
        $job = @{ Path = "$folder/rows.jsonl"; Property = 'note'; IdProperty = 'id'; Destination = "$folder/out.jsonl" }
        '{"id": 1, "note": "one"}', '{"id": 2, "note": "two"}' | Set-Content $folder/rows.jsonl
        $null = Get-Token @job
        { Get-Token @job } | Should -Throw -ErrorId 'OutputExists,*' -ExpectedMessage '*-Force replaces it*'
        '{"id": 2, "note": "two"}', '{"id": 3, "note": "three"}' | Set-Content $folder/rows.jsonl
        $report = Get-Token @job -Update
        $report.Gone | Should -Be '1'
        (Get-Content $folder/out.jsonl | ConvertFrom-Json).rowId | Should -Be 2, 3
        (Get-Token @job -Force).RowsBefore | Should -Be 0
    }

    It 'draws one seed, and goes on with it' {
        $folder = New-Folder
        $job = @{ Path = "$folder/lines.txt"; Destination = "$folder/out.jsonl"; MaxTokens = 3; AcceptError = 1 }
        $null = Invoke-TextGeneration @job
        $before = Get-Hash $folder/out.jsonl
        (Invoke-TextGeneration @job -Resume).Status | Should -Be 'Done'
        Get-Hash $folder/out.jsonl | Should -Be $before
    }
}
