namespace Gptx.Architectures;

/// <summary>What a checkpoint was made for: its head says so.</summary>
public enum ModelTask
{
    /// <summary>It says what comes next: a causal decoder.</summary>
    NextToken,

    /// <summary>It says what stands at a masked place.</summary>
    FillMask,

    /// <summary>It has no head: hidden states are what it gives.</summary>
    Encode,

    /// <summary>It puts a text, or a pair, into classes.</summary>
    ClassifyText,

    /// <summary>It puts each token into a class.</summary>
    ClassifyTokens,

    /// <summary>It finds where in a text the answer to a question begins and ends.</summary>
    AnswerQuestion,

    /// <summary>It says of each token whether it was replaced (ELECTRA's discriminator).</summary>
    DetectReplaced,
}
