# Groups support tickets by meaning: the rows of a CSV file, each with its group and the ticket that stands for it.
# ./Group-Ticket.ps1 ./tickets.csv -Property Subject -Count 5 | Sort-Object Group | Format-Table -GroupBy About
param(
    [Parameter(Mandatory)] [string] $Path,
    [string] $Property = 'Text',
    [int] $Count
)

$options = if ($Count) { @{ Count = $Count } } else { @{} }
$tickets = @(Import-Csv $Path | Where-Object $Property)
foreach ($group in $tickets | Get-TextEmbedding -Property $Property -Truncate | Group-Vector @options) {
    foreach ($member in $group.Members) {
        $tickets[$member.Index] | Select-Object @{ n = 'Group'; e = { $group.Group } }, @{ n = 'About'; e = { $group.Representatives[0] } }, *
    }
}
