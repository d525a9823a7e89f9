<#
.SYNOPSIS
Writes into pages what the commands of their examples write now. Read the difference before you commit it: the tests compare with it.
.EXAMPLE
./tests/module/Update-PageExample.ps1 ./docs/en-US/Get-Token.md
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, ValueFromPipeline, ValueFromPipelineByPropertyName)]
    [Alias('FullName')]
    [string[]] $Path
)

begin {
    . $PSScriptRoot/ImportGptx.ps1
    . $PSScriptRoot/PageExamples.ps1
}

process {
    foreach ($page in Convert-Path $Path) {
        $text = Get-Content -LiteralPath $page -Raw
        $examples = @(Get-PageExample $page)
        [array]::Reverse($examples)
        foreach ($example in $examples) {
            Write-Verbose "$($example.Page): $($example.Command)"
            $text = $text.Remove($example.Position, $example.Length).Insert($example.Position, (Invoke-PageExample $example.Command) + "`n")
        }

        if ($PSCmdlet.ShouldProcess($page, 'Write the output of its examples')) {
            Set-Content -LiteralPath $page -Value $text -NoNewline
        }
    }
}
