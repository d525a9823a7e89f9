using Gptx.Figures;
using Gptx.Interpretation;

namespace Gptx.Illustrations;

/// <summary>What changes when inner values are changed: ablation by block and head, patching by block and position.</summary>
public static class InterventionFigure
{
    /// <summary>What the model loses without each part: a row a block, a column a head, the feed-forward layer last.</summary>
    public static Figure Of(IReadOnlyList<AblationEffect> effects)
    {
        int[] blocks = [.. effects.Select(effect => effect.Block).Distinct().Order()];
        int?[] heads = [.. effects.Select(effect => effect.Head).Distinct().OrderBy(head => head ?? int.MaxValue)];
        var hasLoss = effects.Any(effect => effect.Increase is not null);
        var cells = effects.ToDictionary(effect => (effect.Block, effect.Head), effect => (hasLoss ? effect.Increase : effect.KlDivergence) ?? double.NaN);
        var label = hasLoss ? "increase of the loss (nats a token)" : "KL divergence (nats)";
        return Figure.Of(
            $"What the model loses without each part ({(effects[0].Method == AblationMethod.Mean ? "its mean" : "zero")} in its place)",
            new Heatmap(
                [.. blocks.Select(block => (float[])[.. heads.Select(head => (float)cells.GetValueOrDefault((block, head), double.NaN))])],
                hasLoss ? ColourScale.OfSigned(cells.Values, label, 0.98) : ColourScale.OfAmounts(cells.Values, label))
            {
                RowLabels = [.. blocks.Select(block => $"{block}")],
                ColumnLabels = [.. heads.Select(head => head is { } number ? $"{number}" : "feed-forward")],
                RowTitle = "block",
                ColumnTitle = "head",
                LargestCell = 76,
                CellHeight = 30,
            },
            $"{Counting.Sentence(blocks, [.. heads.OfType<int>()])} Over {effects[0].TokensCounted} tokens of {effects[0].Texts} texts. Model: {VisibleText.OneLine(effects[0].Model)}.");
    }

    /// <summary>How much of the difference between two texts each place makes up for: a panel a kind, a row a block, a column a position or head.</summary>
    public static Figure Of(IReadOnlyList<PatchEffect> effects)
    {
        var isNormalized = effects.Any(effect => effect.Normalized is not null);
        var scale = ColourScale.OfSigned(effects.Select(effect => Value(effect, isNormalized)), isNormalized ? "share of the difference made up for" : "difference of logits", 0.99);
        return new Figure(
            $"Where {TitledText.Of(VisibleText.OfToken(effects[0].Target))} rather than {TitledText.Of(VisibleText.OfToken(effects[0].Against))} comes from",
            [.. effects.GroupBy(effect => effect.Kind).Select(kind => Panel([.. kind], scale, isNormalized))])
        {
            Columns = 2,
            Caption = $"The corrupted text is read with a value of the clean one, place by place; 1 makes up for the whole difference between clean ({effects[0].CleanMetric:0.000}) and corrupted ({effects[0].CorruptedMetric:0.000}). "
                + $"{Counting.Sentence([.. effects.Select(effect => effect.Block)])} Model: {VisibleText.OneLine(effects[0].Model)}.",
        };
    }

    private static Heatmap Panel(PatchEffect[] effects, ColourScale scale, bool isNormalized)
    {
        int[] blocks = [.. effects.Select(effect => effect.Block).Distinct().Order()];
        int[] places = [.. effects.Select(Place).Distinct().Order()];
        var cells = effects.ToDictionary(effect => (effect.Block, Place(effect)));
        var isHead = effects[0].Kind == PatchKind.Head;
        return new Heatmap([.. blocks.Select(block => (float[])[.. places.Select(place => cells.TryGetValue((block, place), out var cell) ? (float)Value(cell, isNormalized) : float.NaN)])], scale)
        {
            Title = effects[0].Kind switch { PatchKind.Residual => "residual stream before the block", PatchKind.Attention => "attention", PatchKind.FeedForward => "feed-forward", _ => "heads, at all positions" },
            RowLabels = [.. blocks.Select(block => $"{block}")],
            ColumnLabels = [.. places.Select(place => isHead ? $"{place}" : VisibleText.OfToken(effects.First(effect => Place(effect) == place).Token ?? $"{place}"))],
            RowTitle = "block",
            ColumnTitle = isHead ? "head" : "position",
        };
    }

    private static int Place(PatchEffect effect) => effect.Head ?? effect.Position ?? 0;

    private static double Value(PatchEffect effect, bool isNormalized) => isNormalized ? effect.Normalized ?? double.NaN : effect.Metric;
}
