# Several runspaces at once, jobs, and stopping them.

BeforeAll {
    . $PSScriptRoot/ImportGptx.ps1

    # Starts a script in a runspace of its own; it is stopped when it has written something.
    function Measure-Stop([scriptblock] $Script) {
        $shell = [powershell]::Create()
        $null = $shell.AddScript($Script).AddArgument($ModuleFolder)
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $run = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        $patience = [datetime]::UtcNow.AddSeconds(60)
        while ($output.Count -eq 0 -and [datetime]::UtcNow -lt $patience) { Start-Sleep -Milliseconds 10 }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Stop()
        @{ Written = $output.Count; Completed = $run.IsCompleted; State = $shell.InvocationStateInfo.State; Time = $watch.Elapsed }
        $shell.Dispose()
    }
}

Describe 'In parallel' {
    It 'many runspaces of a pool share a model and get the same numbers' {
        $expected = (Get-TextEmbedding 'a cat').Vector[0..3]
        $pool = [runspacefactory]::CreateRunspacePool(1, 4)
        $pool.Open()
        $runs = foreach ($number in 1..6) {
            $shell = [powershell]::Create()
            $shell.RunspacePool = $pool
            $null = $shell.AddScript({ param($folder) Import-Module $folder; (Get-TextEmbedding 'a cat' -Threads 1).Vector[0..3] }).AddArgument($ModuleFolder)
            @{ Shell = $shell; Run = $shell.BeginInvoke() }
        }
        foreach ($run in $runs) {
            $numbers = $run.Shell.EndInvoke($run.Run)
            0..3 | ForEach-Object { [math]::Abs($numbers[$_] - $expected[$_]) | Should -BeLessThan 1e-4 }
            $run.Shell.HadErrors | Should -BeFalse
            $run.Shell.Dispose()
        }
        $pool.Dispose()
    }

    It 'a thread job and a process job work, and can be stopped' {
        $script = { param($folder) Import-Module $folder; (Get-NextToken 'Once upon a' -Top 1).Token }
        $jobs = (Start-ThreadJob $script -ArgumentList $ModuleFolder), (Start-Job $script -ArgumentList $ModuleFolder)
        $jobs | Wait-Job -Timeout 120 | Receive-Job | Should -Be ' tree', ' tree'
        $jobs | Remove-Job -Force
    }
}

Describe 'Stopping' {
    It 'ends <Name> soon, and the module works on' -ForEach @(
        @{ Name = 'generation'; Script = { param($folder) Import-Module $folder; 1..500 | ForEach-Object { 'Once upon a time' } | Invoke-TextGeneration -MaxTokens 400 -IgnoreEndOfText -Count 4 -Stream } }
        @{ Name = 'embedding'; Script = { param($folder) Import-Module $folder; 1..100000 | ForEach-Object { 'word ' * 300 } | Get-TextEmbedding } }
        @{ Name = 'surprisal'; Script = { param($folder) Import-Module $folder; 1..100000 | ForEach-Object { 'word ' * 300 } | Measure-TokenSurprisal -Summary } }
        @{ Name = 'attention'; Script = { param($folder) Import-Module $folder; 1..100000 | ForEach-Object { 'word ' * 100 } | Get-AttentionMap -Block 0 -Head 0 } }
    ) {
        $stopped = Measure-Stop $Script
        $stopped.Written | Should -BeGreaterThan 0
        $stopped.Completed | Should -BeTrue
        $stopped.State | Should -Be 'Stopped'
        # On an idle machine it is a fifth of a second (tests/benchmarks/results.md); here others may be at work too.
        $stopped.Time.TotalSeconds | Should -BeLessThan 5
        (Get-NextToken 'Once upon a' -Top 1).Token | Should -Be ' tree'
    }

    It 'happens by itself when nobody takes more' {
        $taken = 1..100000 | ForEach-Object { "text $_" } | Measure-TokenSurprisal -Summary | Select-Object -First 3
        $taken | Should -HaveCount 3
    }
}
