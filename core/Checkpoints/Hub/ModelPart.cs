namespace Gptx.Checkpoints.Hub;

/// <summary>How much of a model is wanted.</summary>
public enum ModelPart
{
    /// <summary>All that loading it takes: config, tokenizer, chat template, weights.</summary>
    Model,

    /// <summary>What tokens and prompts take: no weights.</summary>
    Tokenizer,

    /// <summary>Every file of the repository, as huggingface_hub's <c>snapshot_download</c>.</summary>
    Everything,
}
