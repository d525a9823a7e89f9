BeforeAll {
    . $PSScriptRoot/ImportGptx.ps1

    # A cache as Python leaves it: the embedded model as org/story.
    $Cache = Join-Path $TestDrive 'hub'
    $Commit = 'c0ffee0000000000000000000000000000000001'
    $Snapshot = Join-Path $Cache "models--org--story/snapshots/$Commit"
    New-Item $Snapshot -ItemType Directory -Force | Out-Null
    Copy-Item (Join-Path $EmbeddedModel '*') $Snapshot -Recurse
    New-Item (Join-Path $Cache 'models--org--story/refs') -ItemType Directory -Force | Out-Null
    Set-Content (Join-Path $Cache 'models--org--story/refs/main') $Commit -NoNewline
    $env:HF_HUB_CACHE = $Cache
    $env:HF_HUB_OFFLINE = '1'
}

AfterAll {
    Remove-Item Env:HF_HUB_CACHE, Env:HF_HUB_OFFLINE
}

Describe 'Models by name' {
    It 'uses what is in the cache' {
        (Get-Token 'Once upon' -Model org/story).Count | Should -Be (Get-Token 'Once upon').Count
        (Get-LanguageModel org/story).Parameters | Should -Be (Get-LanguageModel).Parameters
        Close-LanguageModel
    }

    It 'lists the cache' {
        $model = Get-LanguageModel -ListAvailable
        $model.Name | Should -Be 'org/story'
        $model.Revisions | Should -Be 'main'
        $model.Usable | Should -BeTrue
    }

    It 'ends with an error for what is not there' {
        { Get-Token a -Model org/nothing } | Should -Throw -ErrorId 'HubOffline,*'
        { Save-LanguageModel org/nothing } | Should -Throw -ErrorId 'HubOffline,*'
        { Get-LanguageModel org/nothing } | Should -Throw -ErrorId 'HubOffline,*'
        Save-LanguageModel 'no name' -ErrorVariable wrong -ErrorAction SilentlyContinue
        $wrong[0].FullyQualifiedErrorId | Should -BeLike 'HubNameInvalid,*'
    }

    It 'gives what is there without asking the hub' {
        (Save-LanguageModel org/story).DownloadedFiles | Should -Be 0
    }

    It 'knows models, and completes their names' {
        (Find-LanguageModel embeddings).Name | Should -Contain 'sentence-transformers/all-MiniLM-L6-v2'
        Find-LanguageModel no-such-thing | Should -BeNullOrEmpty
        (TabExpansion2 'Save-LanguageModel HuggingFaceTB/SmolLM2-1' 39).CompletionMatches.CompletionText | Should -Contain 'HuggingFaceTB/SmolLM2-135M-Instruct'
        (TabExpansion2 'Remove-LanguageModel org' 24).CompletionMatches.CompletionText | Should -Be 'org/story'
    }

    It 'removes only when it may' {
        Get-LanguageModel -ListAvailable | Remove-LanguageModel -WhatIf
        Test-Path $Snapshot | Should -BeTrue
        $removed = Get-LanguageModel -ListAvailable | Remove-LanguageModel -Confirm:$false
        $removed.Name | Should -Be 'org/story'
        Test-Path (Join-Path $Cache 'models--org--story') | Should -BeFalse
    }
}
