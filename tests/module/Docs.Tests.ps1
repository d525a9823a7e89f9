BeforeDiscovery {
    # Examples of README.md and docs/module.md: a console block, its command after 'PS> ', then its output.
    $Examples = foreach ($name in 'README.md', 'docs/module.md') {
        $page = Get-Content (Join-Path $PSScriptRoot '../..' $name) -Raw
        [regex]::Matches($page, '(?s)```console\r?\nPS> (?<command>[^\r\n]+)\r?\n(?<output>.*?)```') | ForEach-Object {
            @{ Page = $name; Command = $_.Groups['command'].Value; Output = $_.Groups['output'].Value.Trim() -replace "`r", '' }
        }
    }
}

BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'The pages' {
    # Which device and version there are is this machine's affair.
    It '<Page> shows what <Command> writes' -ForEach ($Examples | Where-Object Command -NotLike 'Get-GptxEnvironment*') {
        $PSStyle.OutputRendering = 'PlainText'
        $written = (& ([scriptblock]::Create($Command)) | Out-String -Width 100).Trim() -replace '(?m)[ ]+\r?$', '' -replace "`r", ''
        $written | Should -BeExactly $Output
    }

    It 'docs/module.md has a section for each cmdlet' {
        $page = Get-Content (Join-Path $PSScriptRoot '../../docs/module.md') -Raw
        Get-Command -Module Gptx | ForEach-Object { $page | Should -Match "### $($_.Name)\b" }
    }
}
