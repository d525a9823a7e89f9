using Gptx.Embeddings;

namespace Gptx.Analyses;

/// <summary>Texts that are far from their nearest others (Ramaswamy, Rastogi and Shim 2000; the mean of the k distances, Angiulli and Pizzuti 2002). Every pair is looked at.</summary>
public static class FarTexts
{
    private const int Slice = 1024;

    /// <summary>The texts that are farthest from their neighbours.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>; <c>TooFewVectors</c> below two; what reading the rows says.</exception>
    public static UnusualTexts Of(IVectorRows rows, UnusualOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        using var kept = KeptRows.Of(rows, options.MaxMemory, null, progress, cancellation);
        if (kept.Count < 2)
        {
            throw VectorChecks.Refuse("TooFewVectors", $"{kept.Count} rows cannot be compared: there must be at least two");
        }

        var (table, norms) = (kept.Table, RowNorms.Of(kept.Table));
        var nearest = new NearestOptions { Top = Math.Min(options.Neighbours, kept.Count - 1), Metric = options.Metric, ExcludeOwnRow = true, Threads = options.Threads };
        var scores = new double[kept.Count];
        for (var first = 0; first < kept.Count; first += Slice)
        {
            var count = Math.Min(Slice, kept.Count - first);
            foreach (var (row, found) in new TableScan(table, norms, new QueryBatch(table, first, count), nearest, null, first).Run(cancellation).Index())
            {
                scores[first + row] = found.Average(near => options.Metric == VectorMetric.Cosine ? 1 - near.Score : near.Score);
            }

            progress?.Report(WorkShare.Of($"comparing, {first + count} of {kept.Count} rows", (double)(first + count) / kept.Count));
        }

        return UnusualRanking.Of(scores, kept.Label, options.Top, UnusualBy.Distance);
    }
}
