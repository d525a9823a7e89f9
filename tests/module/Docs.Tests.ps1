BeforeDiscovery {
    . $PSScriptRoot/PageExamples.ps1
    $root = Join-Path $PSScriptRoot '../..'
    $Examples = @((Get-Item $root/README.md, $root/docs/module.md) + @(Get-ChildItem $root/docs/en-US/*.md) | ForEach-Object { Get-PageExample $_.FullName })
}

BeforeAll {
    . $PSScriptRoot/ImportGptx.ps1
    . $PSScriptRoot/PageExamples.ps1
}

Describe 'The pages' {
    # Which device and version there are is this machine's affair.
    It '<Page> shows what <Command> writes' -ForEach ($Examples | Where-Object Command -NotLike 'Get-GptxEnvironment*') {
        Invoke-PageExample $Command | Should -BeExactly $Output
    }

    It 'docs/module.md has a section for each cmdlet' {
        $page = Get-Content (Join-Path $PSScriptRoot '../../docs/module.md') -Raw
        Get-Command -Module Gptx | ForEach-Object { $page | Should -Match "### $($_.Name)\b" }
    }
}
