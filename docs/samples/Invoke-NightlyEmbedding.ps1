# Embeds the notes that came since last night, and says how it went; for cron, a systemd timer or the Windows Task Scheduler.
# pwsh -NoProfile -File ./Invoke-NightlyEmbedding.ps1 /data/notes.jsonl /data/vectors.jsonl
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Destination,
    [string] $Model = 'embedded'
)

$ProgressPreference = 'SilentlyContinue'
# Rows whose id and text are known are kept; a night that was cut short goes on where it was.
$going = if (Test-Path -LiteralPath "$Destination.partial") { @{ Resume = $true } } elseif (Test-Path -LiteralPath $Destination) { @{ Update = $true } } else { @{} }
try { $report = Get-TextEmbedding -Path $Path -IdProperty id -Destination $Destination -Model $Model -AcceptError 1% -SummaryPath "$Destination.summary.json" @going -ErrorAction Continue }
catch {
    Write-Warning "$_"
    exit ($_.CategoryInfo.Category -eq 'InvalidArgument' ? 2 : 1)
}
"$(Get-Date -Format s) $($report.Status): $report"
if ($report.Failed -gt 0) { Get-Content -LiteralPath $report.Errors -TotalCount 3 }
exit $report.ExitCode
