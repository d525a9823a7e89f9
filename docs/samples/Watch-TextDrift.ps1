# Says how far a source of text has moved away from its first file: its files in the order of their names, such as 2026-01-31.txt.
# ./Watch-TextDrift.ps1 ./answers | Where-Object Similarity -LT 0.9
param([Parameter(Mandatory)] [string] $Folder)

$first = $null
foreach ($file in Get-ChildItem $Folder -Filter *.txt | Sort-Object Name) {
    $lines = @(Get-Content $file | Where-Object { $_.Trim() })
    $vectors = @($lines | Get-TextEmbedding -Normalize)
    $middle = [float[]]::new($vectors[0].Vector.Count)
    foreach ($vector in $vectors) { for ($i = 0; $i -lt $middle.Count; $i++) { $middle[$i] += $vector.Vector[$i] } }
    $center = [pscustomobject]@{ Text = $file.Name; Vector = $middle; Model = $vectors[0].Model }
    $first ??= $center
    [pscustomobject]@{
        File       = $file.Name
        Lines      = $lines.Count
        Similarity = [math]::Round(($center | Measure-VectorSimilarity -With $first).Score, 4)
        Surprisal  = [math]::Round(($lines | Measure-TokenSurprisal -Summary | Measure-Object MeanSurprisal -Average).Average, 2)
    }
}
