# Examples of pages: a console block with a command behind 'PS> ' (its further lines behind '>> '), then what it writes.

function Get-PageExample([string] $Path) {
    $pattern = '(?s)(?<=```console\r?\n)PS> (?<command>[^\n]+\n(?:>> [^\n]+\n)*)(?<output>.*?)(?=```)'
    foreach ($match in [regex]::Matches((Get-Content -LiteralPath $Path -Raw), $pattern)) {
        @{
            Page     = Split-Path $Path -Leaf
            Command  = $match.Groups['command'].Value.Trim() -replace '\r?\n>> ', "`n"
            Output   = $match.Groups['output'].Value.TrimEnd() -replace "`r", ''
            Position = $match.Groups['output'].Index
            Length   = $match.Groups['output'].Length
        }
    }
}

function Invoke-PageExample([string] $Command) {
    $PSStyle.OutputRendering = 'PlainText'
    # Gathered first: how wide the columns of a table are depends on what comes within 300 ms.
    $objects = @(& ([scriptblock]::Create($Command)))
    (($objects | Out-String -Width 100) -replace "`r", '' -replace '(?m)[ ]+$', '').Trim("`n")
}
