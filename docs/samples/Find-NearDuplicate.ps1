# Finds texts that are nearly the same: pairs of lines of a file whose vectors almost coincide.
# ./Find-NearDuplicate.ps1 ./questions.txt -Threshold 0.95
param(
    [Parameter(Mandatory)] [string] $Path,
    [double] $Threshold = 0.97
)

Get-Content $Path | Where-Object { $_.Trim() } | Get-TextEmbedding | Find-NearestVector -Top 5 |
    Where-Object { $_.Score -ge $Threshold -and $_.Index -lt $_.MatchIndex } |
    Sort-Object Score -Descending | Select-Object Score, Text, Match
