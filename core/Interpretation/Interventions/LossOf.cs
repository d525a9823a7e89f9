using Gptx.Activations;

namespace Gptx.Interpretation;

/// <summary>How well a changed model predicts the next tokens of some rows, and how far what it says is from what the whole model says.</summary>
/// <param name="rows">The rows.</param>
/// <param name="whole">The logits of the whole model over them.</param>
internal sealed class LossOf(IReadOnlyList<IReadOnlyList<int>> rows, ActivationCache whole)
{
    /// <summary>How many next tokens there are.</summary>
    public int Count => rows.Sum(row => row.Count - 1);

    /// <summary>The mean surprisal of each next token, null where there is none, and the mean over all positions of Σ p ln (p / q), p the whole model: nats.</summary>
    public (double? Loss, double Divergence) Of(ActivationCache changed)
    {
        var (surprisal, divergence) = (0.0, 0.0);
        for (var row = 0; row < rows.Count; row++)
        {
            var (before, after) = (whole.Row(ActivationName.Logits, row), changed.Row(ActivationName.Logits, row));
            for (var position = 0; position < rows[row].Count; position++)
            {
                var said = LogitOrder.LogProbabilities(after[position].Values.Span);
                divergence += ReferenceEquals(changed, whole) ? 0 : LogitOrder.Divergence(LogitOrder.LogProbabilities(before[position].Values.Span), said);
                surprisal -= position + 1 < rows[row].Count ? said[rows[row][position + 1]] : 0;
            }
        }

        return (Count == 0 ? null : surprisal / Count, divergence / rows.Sum(row => row.Count));
    }
}
