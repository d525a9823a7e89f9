# Windows Task Scheduler: scores yesterday's log lines every morning at six.
#   .\Register-ScoreTask.ps1 -Folder D:\gptx -Register      once, as an administrator; without -Register it does the day's work
#
# The scheduler keeps the exit code as LastTaskResult and does nothing about it: its own restarts are for tasks that could not be started. So this script goes on with
# a job that was stopped (1) up to five times, and makes 0 of 3, finished with bad rows, after saying so in a file that somebody reads.
param([Parameter(Mandatory)][string] $Folder, [int] $WaitMinutes = 10, [switch] $Register)

if ($Register) {
    $action = New-ScheduledTaskAction -Execute 'pwsh.exe' -WorkingDirectory $Folder -Argument "-NoProfile -NonInteractive -File `"$PSCommandPath`" -Folder `"$Folder`""
    $trigger = New-ScheduledTaskTrigger -Daily -At 06:00
    $settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew -ExecutionTimeLimit (New-TimeSpan -Hours 12)
    Register-ScheduledTask -TaskName 'Gptx score' -Action $action -Trigger $trigger -Settings $settings -User 'LOCAL SERVICE'
    return
}

$day = (Get-Date).AddDays(-1).ToString('yyyy-MM-dd')
Set-Location $Folder
for ($try = 1; ; $try++) {
    gptx score --input "logs/$day.log" --out "scores-$day.csv" --resume --summary "scores-$day.json" 2>> gptx.log
    if ($LASTEXITCODE -ne 1 -or $try -eq 5) { break }
    Start-Sleep -Seconds ($WaitMinutes * 60)
}

if ($LASTEXITCODE -eq 3) {
    Add-Content bad-rows.txt "$day`: $((Get-Content "scores-$day.json" | ConvertFrom-Json).failed) rows, see scores-$day.csv.errors.jsonl"
    exit 0
}

exit $LASTEXITCODE
