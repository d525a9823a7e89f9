using Gptx.Figures;
using Gptx.Interpretation;

namespace Gptx.Illustrations;

/// <summary>What each head looks at, in numbers: a matrix of blocks and heads for each measure.</summary>
public static class HeadFigure
{
    private static readonly (string Name, Func<HeadStatistics, double?> Value, bool IsShare)[] Measures =
    [
        ("entropy (nats)", head => head.Entropy, false),
        ("mean distance (tokens)", head => head.MeanDistance, false),
        ("first token", head => head.FirstToken, true),
        ("previous token", head => head.PreviousToken, true),
        ("itself", head => head.Self, true),
        ("induction", head => head.Induction, true),
        ("duplicate token", head => head.DuplicateToken, true),
    ];

    /// <summary>The figure of statistics, a panel a measure, of the first text.</summary>
    public static Figure Of(IReadOnlyList<HeadStatistics> heads)
    {
        HeadStatistics[] first = [.. heads.Where(head => head.Index == heads[0].Index)];
        int[] blocks = [.. first.Select(head => head.Block).Distinct().Order()];
        int[] numbers = [.. first.Select(head => head.Head).Distinct().Order()];
        return new Figure(
            $"What each head looks at in {TitledText.Of(first[0].Text)}",
            [.. Measures.Where(measure => first.Any(head => measure.Value(head) is not null)).Select(measure => Panel(first, blocks, numbers, measure))])
        {
            Columns = 3,
            Caption = $"A row is a block, a column a head. {Counting.Sentence(blocks, numbers)} First, previous, itself, duplicate and induction are the share of attention that goes there. "
                + $"{(heads.Any(head => head.Index != heads[0].Index) ? "Of the first text. " : "")}Model: {VisibleText.OneLine(first[0].Model)}.",
        };
    }

    private static Heatmap Panel(HeadStatistics[] heads, int[] blocks, int[] numbers, (string Name, Func<HeadStatistics, double?> Value, bool IsShare) measure)
    {
        var values = heads.ToDictionary(head => (head.Block, head.Head), head => measure.Value(head) ?? double.NaN);
        var scale = measure.IsShare ? ColourScale.OfAmounts(values.Values.Append(0), "share") : ColourScale.OfAmounts(values.Values, measure.Name.Split(' ')[^1].Trim('(', ')'));
        return new Heatmap([.. blocks.Select(block => (float[])[.. numbers.Select(head => (float)values.GetValueOrDefault((block, head), double.NaN))])], scale)
        {
            Title = measure.Name,
            RowLabels = [.. blocks.Select(block => $"{block}")],
            ColumnLabels = [.. numbers.Select(head => $"{head}")],
            RowTitle = "block",
            ColumnTitle = "head",
        };
    }
}
