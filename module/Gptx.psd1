@{
    RootModule             = 'Gptx.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '7d1d7d0f-6a55-4c0e-9b54-7b0f6a3d2c81'
    Author                 = 'The Gptx authors'
    CompanyName            = 'The Gptx authors'
    Copyright              = 'Copyright (c) 2026 The Gptx authors. MIT licence.'
    Description            = 'Looks inside language models, and uses them: tokens, embeddings, nearest words, activations, attention, next-token distributions, generated text. Runs on this machine with ONNX Runtime and brings a small model along; no Python, no web service. Needs PowerShell 7.6 (.NET 10) or later.'

    # .NET 10 is what the assemblies need, and PowerShell 7.6 is the first that runs on it.
    PowerShellVersion      = '7.6'
    CompatiblePSEditions   = @('Core')

    FormatsToProcess       = @('Gptx.format.ps1xml')
    CmdletsToExport        = @(
        'Close-LanguageModel'
        'Compare-LanguageModel'
        'Convert-LanguageModel'
        'ConvertFrom-Token'
        'ConvertTo-Projection'
        'Export-Figure'
        'Find-DuplicateText'
        'Find-LanguageModel'
        'Find-NearestVector'
        'Find-NearestWord'
        'Find-OddWord'
        'Find-SimilarText'
        'Find-UnusualText'
        'Find-WordAnalogy'
        'Get-Activation'
        'Get-AttentionMap'
        'Get-GptxEnvironment'
        'Get-HiddenState'
        'Get-LanguageModel'
        'Get-LogitAttribution'
        'Get-LogitLens'
        'Get-MaskedToken'
        'Get-NextToken'
        'Get-PositionEmbedding'
        'Get-TextAnswer'
        'Get-TextClass'
        'Get-TextEmbedding'
        'Get-Token'
        'Get-TokenClass'
        'Get-TokenEmbedding'
        'Get-Tokenizer'
        'Group-Vector'
        'Invoke-TextGeneration'
        'Measure-Ablation'
        'Measure-ActivationPatch'
        'Measure-AttentionHead'
        'Measure-TextDrift'
        'Measure-TokenSurprisal'
        'Measure-VectorSimilarity'
        'Measure-Weight'
        'Measure-WordAnalogy'
        'Measure-WordSimilarity'
        'Merge-TextJob'
        'New-Tokenizer'
        'Remove-LanguageModel'
        'Save-LanguageModel'
        'Show-Attention'
        'Test-LanguageModel'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()

    PrivateData            = @{
        PSData = @{
            Tags         = @('LanguageModel', 'LLM', 'GPT', 'Embedding', 'Token', 'Attention', 'Interpretability', 'ONNX', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'First version. See CHANGELOG.md.'
        }
    }
}
