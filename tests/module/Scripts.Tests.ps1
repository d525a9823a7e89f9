# PowerShell's own rules for what we write in PowerShell, where PSScriptAnalyzer is; and that it can be parsed at all, everywhere.

BeforeDiscovery {
    $root = Join-Path $PSScriptRoot '../..'
    $Scripts = @(Get-Item $root/build.ps1, $root/module/Gptx.psm1, $root/module/Gptx.psd1) + @(Get-ChildItem $root/docs/samples/*.ps1, $root/tests/module/*.ps1, $root/tests/benchmarks/*.ps1 -ErrorAction Ignore) |
        ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
}

Describe '<Name>' -ForEach $Scripts {
    It 'can be parsed' {
        $errors = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref]$null, [ref]$errors)
        $errors | Should -BeNullOrEmpty
    }

    It 'keeps the rules of PSScriptAnalyzer' {
        if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
            Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not installed'
            return
        }

        # Tests define variables for other blocks and call what they test by name; a build script writes to its console.
        $excluded = 'PSUseDeclaredVarsMoreThanAssignments', 'PSAvoidUsingWriteHost', 'PSUseShouldProcessForStateChangingFunctions', 'PSReviewUnusedParameter', 'PSUseBOMForUnicodeEncodedFile', 'PSAvoidGlobalVars'
        Invoke-ScriptAnalyzer -Path $Path -Severity Error, Warning -ExcludeRule $excluded | ForEach-Object { "$($_.RuleName) at $($_.Line): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
