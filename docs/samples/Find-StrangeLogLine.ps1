# Lists the strangest lines of a folder of logs: those that surprise a language model most.
# ./Find-StrangeLogLine.ps1 /var/log/myservice -First 20
param(
    [Parameter(Mandatory)] [string] $Folder,
    [int] $First = 10
)

$lines = @(Get-ChildItem $Folder -Filter *.log -Recurse | Select-String -Pattern '\S+\s+\S+')
$lines | Measure-TokenSurprisal -Summary -Stride 256 | Sort-Object MeanSurprisal -Descending | Select-Object -First $First | ForEach-Object {
    [pscustomobject]@{
        Surprisal = [math]::Round($_.MeanSurprisal, 2)
        File      = $lines[$_.Index].Filename
        Number    = $lines[$_.Index].LineNumber
        Line      = $_.Text
    }
}
