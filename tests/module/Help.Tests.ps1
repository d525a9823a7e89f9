BeforeDiscovery {
    . $PSScriptRoot/ImportGptx.ps1
    $Cmdlets = (Get-Command -Module Gptx).Name
}

BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'Get-Help <_>' -ForEach $Cmdlets {
    It 'has all parts, and help for each parameter' {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -BeLike "*$_*-*"
        ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 3
        @($help.RelatedLinks.NavigationLink).Count | Should -BeGreaterThan 0
        $described = @{}
        foreach ($parameter in $help.Parameters.Parameter) { $described[$parameter.Name] = ($parameter.Description | Out-String).Trim() }
        foreach ($name in (Get-Command $_).Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters }) {
            $described[$name] | Should -Not -BeNullOrEmpty -Because "-$name needs help"
        }
    }
}

Describe 'Get-Help -Parameter' {
    It 'knows type, default and pipeline' {
        $help = Get-Help Get-TextEmbedding -Parameter InputObject
        $help.Required | Should -Be 'true'
        $help.PipelineInput | Should -BeLike 'True (ByValue*'
        (Get-Help Get-TextEmbedding -Parameter BatchSize).DefaultValue | Should -Be '32'
    }
}

Describe 'Get-Help <_>' -ForEach 'about_Gptx', 'about_Gptx_Models', 'about_Gptx_Pipelines', 'about_Gptx_Automation', 'about_Gptx_Jobs' {
    It 'is a topic' {
        Get-Help $_ | Should -BeLike '*SHORT DESCRIPTION*SEE ALSO*'
    }
}
