# Says how far a source of text has moved away from its first file: its files in the order of their names, such as 2026-01-31.txt.
# ./Watch-TextDrift.ps1 ./answers | Where-Object { $_.PValue -le 0.01 -and $_.Effect -ge 0.02 }
param([Parameter(Mandatory)] [string] $Folder)

$first = $null
foreach ($file in Get-ChildItem $Folder -Filter *.txt | Sort-Object Name) {
    $first ??= $file
    $drift = Measure-TextDrift -Reference $first -Difference $file -Normalize
    $grown = $drift.Groups | Where-Object Change -GT 0 | Select-Object -First 1
    [pscustomobject]@{
        File   = $file.Name
        Lines  = $drift.DifferenceRows
        Effect = [math]::Round($drift.Effect, 4)
        PValue = $drift.PValue
        Grown  = if ($grown) { $grown.Texts[0] }
    }
}
