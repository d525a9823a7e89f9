using Gptx.Figures;
using Gptx.Interpretation;

namespace Gptx.Illustrations;

/// <summary>Attention rollout: how much of each token has come to each position after some blocks.</summary>
public static class RolloutFigure
{
    /// <summary>The figure of rollouts, a panel a block.</summary>
    public static Figure Of(IReadOnlyList<AttentionRollout> rollouts)
    {
        int[] blocks = [.. rollouts.Select(rollout => rollout.Block).Distinct()];
        return new Figure($"Attention rollout of {TitledText.Of([.. rollouts.DistinctBy(rollout => rollout.Index).Select(rollout => rollout.Text)])}", [.. rollouts.Select(rollout => Panel(rollout, rollouts.Count))])
        {
            Columns = Math.Clamp((int)Math.Ceiling(Math.Sqrt(rollouts.Count)), 1, 4),
            Caption = $"The patterns of all blocks up to this one, averaged over heads, with the residual stream, multiplied. {Counting.Sentence(blocks)} Model: {VisibleText.OneLine(rollouts[0].Model)}.",
        };
    }

    private static Heatmap Panel(AttentionRollout rollout, int count)
    {
        string[] tokens = [.. rollout.Tokens.Select(VisibleText.OfToken)];
        return new Heatmap(AttentionFigure.Seen(rollout.Pattern), AttentionFigure.Scale)
        {
            Title = count == 1 ? null : $"after block {rollout.Block}",
            RowLabels = tokens,
            ColumnLabels = tokens,
            LargestCell = count == 1 ? 44 : 26,
        };
    }
}
