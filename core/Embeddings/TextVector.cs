namespace Gptx.Embeddings;

/// <summary>How the hidden states of a text's tokens become one vector.</summary>
public enum TextPooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The last token's: in a causal model the only one that has seen the whole text.</summary>
    Last,

    /// <summary>The largest of each dimension.</summary>
    Max,

    /// <summary>The first token's: in BERT the one that stands for the whole text.</summary>
    Cls,

    /// <summary>Their sum over the square root of their number.</summary>
    MeanSqrtLength,

    /// <summary>Their mean, in which each token weighs as much as its place, from 1.</summary>
    WeightedMean,
}

/// <summary>The vector of a text.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Vector">The numbers, as wide as the model.</param>
/// <param name="Layer">The hidden state that was pooled.</param>
/// <param name="Pooling">How it was pooled, for example <c>mean</c>; vectors side by side with a plus between.</param>
/// <param name="TokenCount">How many tokens the text has.</param>
/// <param name="Windows">How many windows it was read in; 1 for a text within the context.</param>
/// <param name="Model">The model's name.</param>
public sealed record TextVector(string Text, int Index, float[] Vector, int Layer, string Pooling, int TokenCount, int Windows, string Model)
{
    /// <summary>The text that it is of.</summary>
    public override string ToString() => Text;
}

/// <summary>How texts are embedded.</summary>
public sealed record TextEmbeddingOptions
{
    /// <summary>
    /// Default null: as the folder's <c>modules.json</c> says (sentence-transformers), with prompt, length, dense layers and normalisation; where
    /// there is none, the mean, which uses every token and is what most sentence encoders are trained with. A pooling, or a layer, that is asked for
    /// is taken plainly, without the rest of the recipe.
    /// </summary>
    public TextPooling? Pooling { get; init; }

    /// <summary>The name of the prompt that is put before each text, of those in <c>config_sentence_transformers.json</c>; null for the model's default, if any.</summary>
    public string? Prompt { get; init; }

    /// <summary>The hidden state that is pooled. Default -1, the last, after the final norm: the one the model itself predicts from.</summary>
    public int Layer { get; init; } = -1;

    /// <summary>
    /// Texts longer than the context are read in windows of the whole context that overlap by none, and pooled over all. Default false:
    /// a longer text is an error, so that nobody embeds half a text unawares.
    /// </summary>
    public bool Chunk { get; init; }

    /// <summary>Whether the vector is scaled to length 1. Default false: the numbers as the model has them.</summary>
    public bool Normalize { get; init; }
}
