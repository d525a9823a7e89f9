using System.Globalization;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>How much the most probable next token rests on one token of the text: what becomes of it when that one is replaced (Zeiler and Fergus 2014).</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Position">The token that was replaced, from 0.</param>
/// <param name="Token">Its text.</param>
/// <param name="Id">Its id.</param>
/// <param name="TargetId">The token that comes next: the most probable one after the whole text, or the one asked for.</param>
/// <param name="Target">Its text.</param>
/// <param name="ProbabilityBefore">Its probability after the whole text.</param>
/// <param name="Probability">Its probability with the token replaced.</param>
/// <param name="LogProbabilityDifference">ln of the first less ln of the second.</param>
/// <param name="ReplacementId">The id that stood in its place.</param>
/// <param name="Model">The model's name.</param>
public sealed record OcclusionEffect(
    string Text,
    int Index,
    int Position,
    string Token,
    int Id,
    int TargetId,
    string Target,
    double ProbabilityBefore,
    double Probability,
    double LogProbabilityDifference,
    int ReplacementId,
    string Model)
{
    /// <summary>The token, and what it brings.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Token}: {Difference:0.0000}");

    /// <summary>How much probability the token brings: below 0 it stands in the way.</summary>
    public double Difference => ProbabilityBefore - Probability;
}

/// <summary>Replaces the tokens of a text, one at a time.</summary>
public static class Occlusion
{
    /// <summary>Tokens of all rows that are run together.</summary>
    private const int MostTokens = 512;

    /// <summary>What each token of a text brings.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">The text.</param>
    /// <param name="target">The token that is looked at; null means the most probable one after the text.</param>
    /// <param name="replacement">The id that stands in the place of tokens.</param>
    /// <param name="index">Which text of the input.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException"><c>TaskNotSupported</c>; <c>TokenIdUnknown</c>.</exception>
    public static IReadOnlyList<OcclusionEffect> Of(
        LanguageModel model, TokenSequence text, int? target = null, int replacement = 0, int index = 0, CancellationToken cancellation = default)
    {
        model.RequireNextToken();
        TokenCheck.Ids([replacement, target ?? 0], model.Shape);
        var before = Distributions(model, [text.Ids], cancellation)[0];
        var aim = target ?? Array.IndexOf(before, before.Max());
        var effects = new List<OcclusionEffect>();
        foreach (var chunk in Enumerable.Range(0, text.Count).Chunk(Math.Max(1, MostTokens / text.Count)))
        {
            var without = Distributions(model, [.. chunk.Select(position => (int[])[.. text.Ids.Take(position), replacement, .. text.Ids.Skip(position + 1)])], cancellation);
            effects.AddRange(chunk.Select((position, row) => new OcclusionEffect(
                text.Label,
                index,
                position,
                text.Tokens[position].Text,
                text.Ids[position],
                aim,
                model.TokenText(aim),
                Math.Exp(before[aim]),
                Math.Exp(without[row][aim]),
                before[aim] - without[row][aim],
                replacement,
                model.Name)));
        }

        return effects;
    }

    private static double[][] Distributions(LanguageModel model, IReadOnlyList<IReadOnlyList<int>> rows, CancellationToken cancellation) =>
        [.. model.NextLogits(rows, cancellation).Select(logits => LogitOrder.LogProbabilities(logits))];
}
