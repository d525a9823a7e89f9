# Finds texts that are nearly the same: groups of lines of a file, each with the line that stands for it and how alike the others are.
# ./Find-NearDuplicate.ps1 ./questions.txt -Threshold 0.95 -Destination ./distinct.txt
param(
    [Parameter(Mandatory)] [string] $Path,
    [double] $Threshold = 0.97,
    [string] $Destination
)

$copy = if ($Destination) { @{ UniquePath = $Destination; Force = $true } } else { @{} }
foreach ($group in Find-DuplicateText -Path $Path -Threshold $Threshold @copy | Sort-Object Size -Descending) {
    $group.Members | Where-Object IsRepresentative -EQ $false | Select-Object Score, @{ n = 'Text'; e = { $group.Text } }, @{ n = 'Match'; e = { $_.Text } }
}
