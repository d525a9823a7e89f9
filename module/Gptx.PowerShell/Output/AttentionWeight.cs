using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>How much one token looks at another: one cell of an attention map.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Block">Which block, from 0.</param>
/// <param name="Head">Which head of the block, from 0.</param>
/// <param name="Query">The token that looks, from 0.</param>
/// <param name="QueryToken">Its text.</param>
/// <param name="Key">The token that is looked at, from 0.</param>
/// <param name="KeyToken">Its text.</param>
/// <param name="Weight">The share of the attention.</param>
/// <param name="Model">The model's name.</param>
public sealed record AttentionWeight(
    string Text, int Index, int Block, int Head, int Query, string QueryToken, int Key, string KeyToken, float Weight, string Model)
{
    /// <summary>The cells of a map: query by query, key by key.</summary>
    internal static IEnumerable<AttentionWeight> Of(AttentionMap map) =>
        from query in Enumerable.Range(0, map.Pattern.Length)
        from key in Enumerable.Range(0, map.Pattern[query].Length)
        select new AttentionWeight(
            map.Text, map.Index, map.Block, map.Head, query, map.Tokens[query], key, map.Tokens[key], map.Pattern[query][key], map.Model);

    /// <summary>Who looks at whom, and how much.</summary>
    public override string ToString() => $"{QueryToken} -> {KeyToken}: {Weight:0.0000}";
}
