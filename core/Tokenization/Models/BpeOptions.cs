namespace Gptx.Tokenization;

/// <summary>The options of a BPE as tokenizer.json names them, with the defaults of fields left out.</summary>
internal sealed record BpeOptions
{
    /// <summary>What unknown characters become; null: they vanish.</summary>
    public string? UnknownToken { get; init; }

    /// <summary>Written before each symbol but a piece's first.</summary>
    public string ContinuingSubwordPrefix { get; init; } = "";

    /// <summary>Written behind a piece's last symbol.</summary>
    public string EndOfWordSuffix { get; init; } = "";

    /// <summary>Whether neighbouring unknown characters are one token.</summary>
    public bool FuseUnknown { get; init; }

    /// <summary>Whether an unknown character becomes its bytes, <c>&lt;0x41&gt;</c>, where the vocabulary has all of them.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>Whether a piece that the vocabulary has as a whole is taken so, without merging.</summary>
    public bool IgnoreMerges { get; init; }

    /// <summary>Whether nothing is merged at all: a dropout of 1. Smaller dropouts are for training and count as 0.</summary>
    public bool NoMerges { get; init; }
}
