using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>Objects as figures take them: what the module lays out flat, row by row, is put together again.</summary>
internal static class FigureInput
{
    public static IReadOnlyList<object> Of(IReadOnlyList<object> objects) => objects switch
    {
        [TokenSurprisal, ..] when objects.All(item => item is TokenSurprisal) =>
            [.. objects.Cast<TokenSurprisal>().GroupBy(token => token.Index).Select(text => Score([.. text]))],
        [AttentionWeight, ..] when objects.All(item => item is AttentionWeight) =>
            [.. objects.Cast<AttentionWeight>().GroupBy(weight => (weight.Index, weight.Block, weight.Head)).Select(map => Map([.. map]))],
        _ => objects,
    };

    private static TextScore Score(IReadOnlyList<TokenSurprisal> tokens) => new(
        tokens[0].Text,
        tokens[0].Index,
        [.. tokens.Select(token => new TokenScore(token.Position, token.Token, token.Id, token.Start, token.Length, token.LogProbability, token.Surprisal, token.Rank))],
        tokens.Count(token => token.Surprisal is not null),
        tokens.Sum(token => token.Surprisal ?? 0),
        tokens[0].Model);

    private static AttentionMap Map(IReadOnlyList<AttentionWeight> weights)
    {
        // Rows that were left out or sorted away are zero: the map shows what is there.
        var size = weights.Max(weight => Math.Max(weight.Query, weight.Key)) + 1;
        var tokens = new string[size];
        Array.Fill(tokens, "");
        var pattern = Enumerable.Range(0, size).Select(_ => new float[size]).ToArray();
        foreach (var weight in weights)
        {
            (tokens[weight.Query], tokens[weight.Key]) = (weight.QueryToken, weight.KeyToken);
            pattern[weight.Query][weight.Key] = weight.Weight;
        }

        return new AttentionMap(weights[0].Text, weights[0].Index, weights[0].Block, weights[0].Head, tokens, pattern, weights[0].Model);
    }
}
