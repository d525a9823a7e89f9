# What belongs to a session: its preferences, what it completes, and what it shows while it works.

BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe '$GptxPreference' {
    It 'names the model, before GPTX_MODEL' {
        $env:GPTX_MODEL = './nothing'
        $GptxPreference = @{ Model = $EmbeddedModel }
        try { (Get-Token a).Model | Should -Be (Resolve-Path $EmbeddedModel).Path } finally { Remove-Item Env:GPTX_MODEL }
    }

    It 'may be an object, and a parameter goes before it' {
        $GptxPreference = [pscustomobject]@{ Model = './nothing'; Threads = 1 }
        (Get-NextToken 'Once upon a' -Top 1 -Model embedded).Token | Should -Be ' tree'
        { Get-NextToken a -ErrorAction Stop } | Should -Throw -ErrorId 'ModelNotFound,*'
    }

    It 'says in which types models are opened' {
        $GptxPreference = @{ Precision = 'fp99' }
        { Get-NextToken a } | Should -Throw -ErrorId 'PrecisionNotSupported,*'
        (Get-NextToken 'Once upon a' -Top 1 -Precision auto).Token | Should -Be ' tree'
        $GptxPreference = @{ Compute = 'none' }
        { Get-Token a } | Should -Throw -ErrorId 'PrecisionNotSupported,*'
    }

    It 'is of its scope' {
        & { $GptxPreference = @{ Model = './nothing' }; { Get-Token a } | Should -Throw -ErrorId 'ModelNotFound,*' }
        (Get-Token a).Model | Should -Be 'embedded'
    }

    It 'is refused with <Value>' -ForEach @(
        @{ Value = @{ Modell = 'x' }; Message = "*'Modell'; known are Model, Device, Threads, Precision, Compute*" }
        @{ Value = @{ Threads = 'many' }; Message = "*'many' threads*" }
        @{ Value = 5; Message = '*Int32*table*' }
    ) {
        $GptxPreference = $Value
        { Get-Token a } | Should -Throw -ErrorId 'PreferenceInvalid,*' -ExpectedMessage $Message
    }

    It 'is taken by every cmdlet that has -Model' {
        $GptxPreference = @{ Model = './nothing' }
        foreach ($command in Get-Command -Module Gptx | Where-Object { $_.Parameters.ContainsKey('Model') -and $_.Name -notin 'Close-LanguageModel', 'Remove-LanguageModel', 'Save-LanguageModel', 'Find-LanguageModel' }) {
            $set = $command.ParameterSets | Where-Object { $_.IsDefault -or $command.ParameterSets.Count -eq 1 }
            $arguments = @{ ErrorAction = 'Stop' }
            foreach ($parameter in $set.Parameters | Where-Object { $_.IsMandatory -and $_.Name -ne 'Model' }) {
                $arguments[$parameter.Name] = if ($parameter.ParameterType -eq [int[]]) { 5 } elseif ($parameter.Name -in 'InputObject', 'Word') { 'king', 'queen', 'table' } else { 'a' }
            }
            # Those that are told a file of words or vectors read it first.
            if ($command.Parameters['Model'].Attributes.Mandatory -contains $true -or $command.Name -in 'Measure-WordAnalogy', 'Measure-WordSimilarity', 'Find-SimilarText', 'Measure-TextDrift') { continue }
            try { & $command @arguments | Out-Null; throw "$command took another model" }
            catch { $_.FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*' -Because "$command takes the preference ($_)" }
        }
    }
}

Describe 'Completion' {
    It 'of <Line> has <Expected>' -ForEach @(
        @{ Line = 'Get-AttentionMap a -Block '; Expected = '0', '1', '2', '3', '4', '5' }
        @{ Line = 'Get-AttentionMap a -Head '; Expected = '0', '1', '2', '3', '4', '5', '6', '7' }
        @{ Line = 'Get-HiddenState a -Layer '; Expected = '0', '1', '2', '3', '4', '5', '6', '-1' }
        @{ Line = 'Get-Activation a -Name blocks.5.attn.p'; Expected = 'blocks.5.attn.pattern' }
        @{ Line = 'Find-NearestWord a -Metric '; Expected = 'Cosine', 'Dot', 'Euclidean' }
        @{ Line = 'Get-TextEmbedding a -Pooling M'; Expected = 'Max', 'Mean', 'MeanSqrtLength' }
        @{ Line = 'Invoke-TextGeneration a -EarlyStopping N'; Expected = 'Never' }
        @{ Line = 'New-Tokenizer -Kind W'; Expected = 'WordPiece' }
    ) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Sort-Object | Should -Be ($Expected | Sort-Object)
    }

    It 'takes the model that the command, or the preference, names; one that is not there has nothing' {
        $line = 'Get-AttentionMap a -Model ./nothing -Block '
        (TabExpansion2 $line $line.Length).CompletionMatches.Count | Should -Be 0
        $global:GptxPreference = @{ Model = './nothing' }
        $line = 'Get-AttentionMap a -Block '
        try { (TabExpansion2 $line $line.Length).CompletionMatches.Count | Should -Be 0 } finally { Remove-Variable GptxPreference -Scope Global }
    }
}

Describe 'Streams' {
    It 'are quiet for what is quick' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript({ param($folder) Import-Module $folder; 'a', 'b' | Get-TextEmbedding; 'a' | Measure-TokenSurprisal }).AddArgument($ModuleFolder)
        try {
            $null = $shell.Invoke()
            $shell.Streams.Progress | Where-Object Activity -NE 'Preparing modules for first use.' | Where-Object Activity -NotLike 'Opening*' | Should -BeNullOrEmpty
            $shell.Streams.Warning, $shell.Streams.Verbose, $shell.Streams.Information | Where-Object Count | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
    }

    It 'show progress of what takes long, unless $ProgressPreference is SilentlyContinue' -ForEach @{ Preference = 'Continue'; Shown = $true }, @{ Preference = 'SilentlyContinue'; Shown = $false } {
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($folder, $preference)
                $ProgressPreference = $preference
                Import-Module $folder
                1..8 | ForEach-Object { Start-Sleep -Milliseconds 250; "text $_" } | Measure-TokenSurprisal -Summary
            }).AddArgument($ModuleFolder).AddArgument($Preference)
        try {
            $null = $shell.Invoke()
            @($shell.Streams.Progress | Where-Object Activity -EQ 'Measure-TokenSurprisal' | Where-Object StatusDescription -Like '* texts, * a second').Count -gt 0 | Should -Be $Shown
        }
        finally { $shell.Dispose() }
    }

    It 'take -Verbose, -OutVariable and -ErrorVariable' {
        $said = Get-NextToken 'Once upon a' -Top 1 -OutVariable out -ErrorVariable failed -Verbose 4>&1
        "$said" | Should -Match "model 'embedded' on cpu"
        $out.Token | Should -Be ' tree'
        $failed | Should -BeNullOrEmpty
    }
}

Describe 'Views in colour' {
    It 'mark surprising tokens, and not where colours are not wanted' {
        $tokens = Measure-TokenSurprisal 'The king sat on the banana'
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            ($tokens | Out-String) | Should -Match ([regex]::Escape("$($PSStyle.Foreground.BrightRed)·banana"))
            $PSStyle.OutputRendering = 'PlainText'
            ($tokens | Out-String) | Should -Not -Match "`e"
        }
        finally { $PSStyle.OutputRendering = $before }
    }

    It 'show attention as a map' {
        Get-AttentionMap 'Once upon a time' -Block 0 -Head 0 | Format-List | Out-String | Should -BeLike '*Pattern : ██*·upon*·time*'
    }
}
