using System.Globalization;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>How one token comes to look at another.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Block">Which block, from 0.</param>
/// <param name="Head">Which head of the block, from 0.</param>
/// <param name="Query">The position that looks, from 0.</param>
/// <param name="QueryToken">Its token.</param>
/// <param name="Key">The position that is looked at, from 0.</param>
/// <param name="KeyToken">Its token.</param>
/// <param name="Product">Query times key.</param>
/// <param name="Score">That scaled, and bent where the model caps it; null where it is masked.</param>
/// <param name="Weight">Its share after the softmax.</param>
/// <param name="Value">What the key's token tells, [head width].</param>
/// <param name="Model">The model's name.</param>
public sealed record AttentionStep(
    string Text,
    int Index,
    int Block,
    int Head,
    int Query,
    string QueryToken,
    int Key,
    string KeyToken,
    float Product,
    float? Score,
    float Weight,
    float[] Value,
    string Model)
{
    /// <summary>The tokens, and the share.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{QueryToken} to {KeyToken}: {Weight:0.0000}");

    /// <summary>The steps of one position, key by key.</summary>
    internal static IEnumerable<AttentionStep> Of(AttentionExplanation explained, int query) =>
        Enumerable.Range(0, explained.Tokens.Count).Select(key => new AttentionStep(
            explained.Text,
            explained.Index,
            explained.Block,
            explained.Head,
            query,
            explained.Tokens[query],
            key,
            explained.Tokens[key],
            explained.Products[query][key],
            float.IsFinite(explained.Scores[query][key]) ? explained.Scores[query][key] : null,
            explained.Pattern[query][key],
            explained.Values[key],
            explained.Model));
}
