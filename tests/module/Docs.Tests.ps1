BeforeDiscovery {
    # Examples of docs/module.md: a console block, its command after 'PS> ', then its output.
    $page = Get-Content (Join-Path $PSScriptRoot '../../docs/module.md') -Raw
    $Examples = [regex]::Matches($page, '(?s)```console\r?\nPS> (?<command>[^\r\n]+)\r?\n(?<output>.*?)```') | ForEach-Object {
        @{ Command = $_.Groups['command'].Value; Output = $_.Groups['output'].Value.Trim() -replace "`r", '' }
    }
}

BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'docs/module.md' {
    # Which device and version there are is this machine's affair.
    It 'shows what <Command> writes' -ForEach ($Examples | Where-Object Command -NotLike 'Get-GptxEnvironment*') {
        $PSStyle.OutputRendering = 'PlainText'
        $written = (& ([scriptblock]::Create($Command)) | Out-String -Width 100).Trim() -replace '(?m)[ ]+\r?$', '' -replace "`r", ''
        $written | Should -BeExactly $Output
    }

    It 'has a section for each cmdlet' {
        $page = Get-Content (Join-Path $PSScriptRoot '../../docs/module.md') -Raw
        Get-Command -Module Gptx | ForEach-Object { $page | Should -Match "### $($_.Name)\b" }
    }
}
