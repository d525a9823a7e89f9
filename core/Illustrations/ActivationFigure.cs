using Gptx.Figures;
using Gptx.Inference;

namespace Gptx.Illustrations;

/// <summary>Inner values as matrices: vectors of positions as rows, attention as maps of tokens, what has a part a head as a panel a head.</summary>
public static class ActivationFigure
{
    /// <summary>The figure of activations, a panel each, or several where it has parts.</summary>
    public static Figure Of(IReadOnlyList<TextActivation> activations)
    {
        var shared = Shared(activations);
        Panel[] panels = [.. activations.SelectMany(activation => Panels(activation, shared))];
        return new Figure(
            $"{(activations is [var only] ? only.Name : $"{activations.Select(each => each.Name).Distinct().Count()} activations")} of {TitledText.Of([.. activations.DistinctBy(each => each.Index).Select(each => each.Text)])}",
            panels)
        {
            Columns = activations.Any(HasHeads) ? Math.Clamp(panels.Length, 1, 4) : 1,
            Caption = $"Names and shapes as in docs/glossary.md; blocks and heads are counted from 0 (the essay counts from 1). Model: {VisibleText.OneLine(activations[0].Model)}.",
        };
    }

    // Vectors of the same width, as those that are added to each other, have one scale.
    private static ColourScale? Shared(IReadOnlyList<TextActivation> activations) =>
        activations.All(each => each.Shape.Count == 2) && activations.Select(each => each.Shape[^1]).Distinct().Count() == 1 ? VectorFigure.Scale(activations.Select(each => each.Values)) : null;

    private static bool HasHeads(TextActivation activation) => activation.Shape.Count == 3;

    private static IEnumerable<Panel> Panels(TextActivation activation, ColourScale? shared)
    {
        string[] tokens = [.. activation.Tokens.Select(VisibleText.OfToken)];
        if (activation.Shape is [var positions, var width])
        {
            var rows = Rows(activation.Values, positions, width);
            yield return VectorFigure.Strips([.. rows.Select((row, at) => (At(tokens, at), row))], shared ?? VectorFigure.Scale(rows)) with { Title = activation.Name };
        }
        else if (activation.Name.EndsWith(".pattern", StringComparison.Ordinal) || activation.Name.EndsWith(".scores", StringComparison.Ordinal))
        {
            foreach (var panel in Maps(activation, tokens))
            {
                yield return panel;
            }
        }
        else if (activation.Shape is [var places, var heads, var headWidth])
        {
            var scale = VectorFigure.Scale([activation.Values]);
            for (var head = 0; head < heads; head++)
            {
                var rows = Rows(activation.Values, places * heads, headWidth).Where((_, row) => row % heads == head);
                yield return VectorFigure.Strips([.. rows.Select((row, at) => (At(tokens, at), row))], scale) with { Title = $"{activation.Name}, head {head}", HidesRowLabels = head % 4 != 0, ColumnTitle = null };
            }
        }
        else
        {
            yield return VectorFigure.Strips([("", activation.Values)], VectorFigure.Scale([activation.Values])) with { Title = activation.Name };
        }
    }

    private static IEnumerable<Panel> Maps(TextActivation activation, string[] tokens)
    {
        var (heads, count) = (activation.Shape[0], activation.Shape[1]);
        var isPattern = activation.Name.EndsWith(".pattern", StringComparison.Ordinal);
        var scale = isPattern ? AttentionFigure.Scale : ColourScale.OfSigned(activation.Values.Select(value => (double)value), "score");
        for (var head = 0; head < heads; head++)
        {
            var pattern = Rows(activation.Values[(head * count * count)..((head + 1) * count * count)], count, count);
            yield return new Heatmap(isPattern ? AttentionFigure.Seen(pattern) : pattern, scale)
            {
                Title = $"{activation.Name}, head {head}",
                RowLabels = tokens.Length == count ? tokens : null,
                ColumnLabels = tokens.Length == count ? tokens : null,
                HidesRowLabels = head % 4 != 0,
                HidesColumnLabels = head >= 4,
            };
        }
    }

    private static string At(string[] tokens, int position) => position < tokens.Length ? tokens[position] : $"{position}";

    private static float[][] Rows(float[] values, int rows, int width) => [.. Enumerable.Range(0, rows).Select(row => values[(row * width)..((row + 1) * width)])];
}
