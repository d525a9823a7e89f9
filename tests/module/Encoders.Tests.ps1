BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'cmdlets of encoders' {
    It 'refuses a decoder by name: <_>' -ForEach 'Get-MaskedToken', 'Get-TextClass', 'Get-TokenClass' {
        { & $_ 'the [MASK] sat' -ErrorAction Stop } | Should -Throw -ErrorId 'TaskNotSupported*' -ExpectedMessage '*says what comes next*'
    }

    It 'asks for a context' {
        { Get-TextAnswer 'where?' -Context 'here' -ErrorAction Stop } | Should -Throw -ErrorId 'TaskNotSupported*'
    }
}
