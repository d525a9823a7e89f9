using Gptx.Figures;
using Gptx.Interpretation;

namespace Gptx.Illustrations;

/// <summary>Weights: histograms, a panel a block; matrices, or their moving averages, as pictures.</summary>
public static class WeightFigure
{
    private const string OfBlock = "block ";

    /// <summary>Histograms: of the blocks where there are any, else of each matrix. The count's axis is logarithmic, since the tails are what differs.</summary>
    public static Figure Of(IReadOnlyList<WeightStatistics> weights)
    {
        WeightStatistics[] blocks = [.. weights.Where(each => each.Name.StartsWith(OfBlock, StringComparison.Ordinal))];
        WeightStatistics[] shown = blocks.Length > 1 ? blocks : [.. weights];
        var isBlocks = blocks.Length > 1;
        return new Figure(
            isBlocks ? $"How large the weights of {shown.Length} blocks are" : $"How large the weights of {shown.Length} {(shown.Length == 1 ? "matrix" : "matrices")} are",
            [.. shown.Select(each => Panel(each, shown))])
        {
            Columns = Math.Min(3, shown.Length),
            Caption = $"{(isBlocks ? Counting.Sentence([.. shown.Select(each => each.Block).OfType<int>()]) + " " : "")}The counts are on a logarithmic axis: a parabola is a normal distribution. Model: {VisibleText.OneLine(shown[0].Model)}.",
        };
    }

    /// <summary>Matrices, or their moving averages, a panel each.</summary>
    public static Figure Of(IReadOnlyList<WeightMatrix> matrices)
    {
        var scale = ColourScale.OfSigned(matrices.SelectMany(matrix => matrix.Values).SelectMany(row => row).Select(weight => (double)weight), matrices[0].Window == 1 ? "weight" : "mean weight", 0.995);
        int[] blocks = [.. matrices.Select(matrix => matrix.Block).OfType<int>().Distinct()];
        var what = matrices[0].Window == 1 ? "Weights" : $"Mean of {matrices[0].Window} x {matrices[0].Window} weights";
        return new Figure(
            $"{what} of {(matrices.Count == 1 ? VisibleText.OneLine(matrices[0].Name) : $"{matrices.Count} matrices")}",
            [
                .. matrices.Select(matrix => new Heatmap(matrix.Values, scale)
                {
                    Title = matrices.Count == 1 ? null : VisibleText.OneLine(matrix.Name),
                    LargestCell = matrices.Count == 1 ? 8 : 4,
                }),
            ])
        {
            Columns = Math.Min(3, matrices.Count),
            Caption = $"{matrices[0].Rows} x {matrices[0].Columns} weights{(matrices[0].Window == 1 ? "" : $", moved by {matrices[0].Stride}")}. {(blocks.Length > 0 ? Counting.Sentence(blocks) + " " : "")}Model: {VisibleText.OneLine(matrices[0].Model)}.",
        };
    }

    private static Plot Panel(WeightStatistics weights, WeightStatistics[] all)
    {
        var (least, most) = (all.Min(each => each.Min), all.Max(each => each.Max));
        var width = (double)(weights.Max - weights.Min) / weights.Histogram.Count();
        return new Plot(
            new Axis("weight") { Min = least, Max = most },
            new Axis("count") { Scale = AxisScale.Logarithmic, Min = 0.5, Max = all.Max(each => each.Histogram.Max()) * 1.5 },
            [new Histogram([.. weights.Histogram.Select((count, bin) => new HistogramBin(weights.Min + (bin * width), weights.Min + ((bin + 1) * width), count))])])
        {
            Title = $"{VisibleText.OneLine(weights.Name)}: deviation {weights.StandardDeviation:0.000}",
            Width = 250,
            Height = 150,
        };
    }
}
