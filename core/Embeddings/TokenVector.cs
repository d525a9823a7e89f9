namespace Gptx.Embeddings;

/// <summary>The vector of a token, a word or a position, and whose it is.</summary>
/// <param name="Text">The text that was asked for.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Tokens">The texts of the tokens that it is of: one, or those whose mean it is.</param>
/// <param name="Ids">Their ids.</param>
/// <param name="Vector">The numbers, as wide as the model.</param>
/// <param name="Model">The model's name.</param>
public sealed record TokenVector(string Text, int Index, IReadOnlyList<string> Tokens, IReadOnlyList<int> Ids, float[] Vector, string Model)
{
    /// <summary>Whether the vector is the mean of several tokens.</summary>
    public bool IsMean => Ids.Count > 1;

    /// <summary>The token's text, or the tokens' one after another.</summary>
    public string Token => string.Concat(Tokens);

    /// <summary>The token's id; null where there are several.</summary>
    public int? Id => Ids.Count == 1 ? Ids[0] : null;

    /// <summary>The text that it is of.</summary>
    public override string ToString() => Text;
}
