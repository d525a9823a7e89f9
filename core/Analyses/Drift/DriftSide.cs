using Gptx.Projection;

namespace Gptx.Analyses;

/// <summary>The rows of one side that are looked at.</summary>
/// <param name="Name">What the side is called.</param>
/// <param name="Rows">How many rows it has in all.</param>
/// <param name="Labels">What the rows that were drawn are called.</param>
/// <param name="Vectors">Their vectors.</param>
public sealed record DriftSide(string Name, long Rows, IReadOnlyList<RowLabel> Labels, IReadOnlyList<float[]> Vectors)
{
    /// <summary>Draws a sample of rows with vectors.</summary>
    /// <param name="rows">The rows, read once.</param>
    /// <param name="options">How many are drawn, from which seed.</param>
    /// <param name="side">0 for the reference, 1 for the other side, so that both do not draw the same places.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="cancellation">Stops it.</param>
    public static DriftSide Of(IVectorRows rows, DriftOptions options, int side, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        var sample = new RowSample<(RowLabel Label, float[] Vector)>(options.Sample, SeedOf(options, side));
        foreach (var block in rows.Blocks(cancellation))
        {
            for (var row = 0; row < block.Count; row++)
            {
                sample.Offer(() => (block.Labels[row], block.Row(row).ToArray()));
            }

            progress?.Report(WorkShare.Of($"reading {rows.Name}, {sample.Count} rows", block.Share));
        }

        var drawn = sample.Drawn();
        return new DriftSide(rows.Name, sample.Count, [.. drawn.Select(row => row.Label)], [.. drawn.Select(row => row.Vector)]);
    }

    /// <summary>Draws a sample of texts, of which only those that are drawn are embedded.</summary>
    /// <param name="name">What the side is called.</param>
    /// <param name="texts">The texts, read once.</param>
    /// <param name="embed">Embeds those that were drawn.</param>
    /// <param name="options">How many are drawn, from which seed.</param>
    /// <param name="side">0 for the reference, 1 for the other side.</param>
    /// <param name="onFault">Takes rows that cannot be read; null throws what is wrong with the first.</param>
    /// <param name="progress">Told after each block that is embedded.</param>
    /// <param name="cancellation">Stops it.</param>
    public static DriftSide OfTexts(
        string name,
        IEnumerable<AnalysedText> texts,
        Func<IEnumerable<AnalysedText>, IVectorRows> embed,
        DriftOptions options,
        int side,
        Action<TextFault>? onFault = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options.Validate();
        var sample = new RowSample<AnalysedText>(options.Sample, SeedOf(options, side));
        foreach (var text in texts)
        {
            cancellation.ThrowIfCancellationRequested();
            if (text.Fault is { } fault)
            {
                (onFault ?? (_ => throw fault))(new TextFault(text, fault));
            }
            else
            {
                sample.Offer(() => text);
            }
        }

        var (drawn, labels, vectors) = (sample.Drawn(), new List<RowLabel>(), new List<float[]>());
        foreach (var block in embed(drawn).Blocks(cancellation))
        {
            labels.AddRange(block.Labels);
            vectors.AddRange(Enumerable.Range(0, block.Count).Select(row => block.Row(row).ToArray()));
            progress?.Report(WorkShare.Of($"embedding {name}", (double)labels.Count / drawn.Count));
        }

        return new DriftSide(name, sample.Count, labels, vectors);
    }

    private static ulong SeedOf(DriftOptions options, int side) => CountedRandom.Mix(options.Seed + (ulong)side);
}
