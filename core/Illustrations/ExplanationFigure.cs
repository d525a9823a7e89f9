using Gptx.Figures;
using Gptx.Interpretation;

namespace Gptx.Illustrations;

/// <summary>One head step by step: queries, keys, scores, pattern, values, their weighted sum.</summary>
public static class ExplanationFigure
{
    /// <summary>The figure of explanations, six panels each.</summary>
    public static Figure Of(IReadOnlyList<AttentionExplanation> explanations)
    {
        var first = explanations[0];
        return new Figure(
            $"Attention step by step in {TitledText.Of([.. explanations.Select(each => each.Text)])}: block {first.Block}, head {first.Head}",
            [.. explanations.SelectMany(Panels)])
        {
            Columns = 2,
            Caption = $"scores = queries x keys x {first.Scale:0.####}, later tokens masked (blank); pattern = softmax of each row of scores; z = pattern x values. {Counting.Sentence([first.Block], [first.Head])} Model: {VisibleText.OneLine(first.Model)}.",
        };
    }

    private static IEnumerable<Panel> Panels(AttentionExplanation explained)
    {
        string[] tokens = [.. explained.Tokens.Select(VisibleText.OfToken)];
        yield return Vectors("queries", explained.Queries, tokens);
        yield return Vectors("keys", explained.Keys, tokens);
        yield return new Heatmap(explained.Scores, ColourScale.OfSigned(explained.Scores.SelectMany(row => row).Select(score => (double)score), "score"))
        {
            Title = "scores, masked",
            RowLabels = tokens,
            ColumnLabels = tokens,
        };
        yield return new Heatmap(AttentionFigure.Seen(explained.Pattern), AttentionFigure.Scale) { Title = "pattern", RowLabels = tokens, ColumnLabels = tokens };
        yield return Vectors("values", explained.Values, tokens);
        yield return Vectors("z, the weighted sums of values", explained.Z, tokens);
    }

    private static Heatmap Vectors(string title, float[][] vectors, string[] tokens) =>
        VectorFigure.Strips([.. vectors.Select((vector, at) => (tokens[at], vector))], VectorFigure.Scale(vectors)) with { Title = title };
}
