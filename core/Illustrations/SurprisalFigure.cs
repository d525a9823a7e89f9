using Gptx.Figures;
using Gptx.Interpretation;

namespace Gptx.Illustrations;

/// <summary>Texts on grounds that say how surprising each token is.</summary>
public static class SurprisalFigure
{
    /// <summary>The figure of scored texts, a panel a text; pale is expected, dark surprising.</summary>
    public static Figure Of(IReadOnlyList<TextScore> scores)
    {
        // The scale ends where nearly all values are, so that a single rare token does not pale all others.
        var scale = new ColourScale(ColourMap.Magma.Reversed.Part(0, 0.85), 0, Math.Max(1, Largest(scores)), "surprisal (nats)");
        return new Figure(
            $"How surprising each token is in {TitledText.Of([.. scores.Select(score => score.Text)])}",
            [
                .. scores.Select(score => new ColouredText([.. TextPieces.Of(score.Text, [.. score.Tokens.Select(Placed)], isCounted: false)])
                {
                    Scale = scale,
                    Title = scores.Count == 1 ? null : $"text {score.Index}: perplexity {score.Perplexity ?? double.NaN:0.0}",
                }),
            ])
        {
            Caption = $"{(scores is [{ MeanSurprisal: { } mean, Perplexity: { } perplexity }] ? $"{mean:0.00} nats a token, perplexity {perplexity:0.0}. " : "")}"
                + $"A token without a ground has none before it. Model: {VisibleText.OneLine(scores.FirstOrDefault()?.Model ?? "")}.",
        };
    }

    private static double Largest(IReadOnlyList<TextScore> scores)
    {
        double[] sorted = [.. scores.SelectMany(score => score.Tokens).Select(token => token.Surprisal ?? 0).Order()];
        return sorted.Length == 0 ? 1 : Math.Ceiling(sorted[(int)((sorted.Length - 1) * 0.98)]);
    }

    private static PlacedToken Placed(TokenScore token) => new(
        token.Start,
        token.Length,
        token.Token,
        token.Surprisal,
        token.Surprisal is { } nats ? $"surprisal {nats:0.000} nats, rank {token.Rank}" : "the first token: nothing before it");
}
