using Gptx.Embeddings;

namespace Gptx.Analyses;

/// <summary>
/// Exact search in rows that need not fit into memory: they are read once, in blocks, and of each query the best so far are kept. Scores are computed in float64; of equal ones the
/// earlier row is better, so the answer is that of all rows at once.
/// </summary>
public static class SimilarTextSearch
{
    private const int BatchQueries = 1024;

    /// <summary>The rows that are most like each query.</summary>
    /// <param name="rows">What is searched.</param>
    /// <param name="queries">The queries, as wide as the rows.</param>
    /// <param name="options">How many, by which metric.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The best rows of each query, best first, query by query.</returns>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>; <c>VectorListEmpty</c>: there are no rows; <c>WidthMismatch</c>; what reading them says.</exception>
    public static IReadOnlyList<SimilarText> Find(
        IVectorRows rows, IReadOnlyList<LabelledVector> queries, SearchOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        var nearest = new NearestOptions { Top = options.Top, Metric = options.Metric, Threads = options.Threads };
        nearest.Validate();
        var best = queries.Select(_ => new BestRows(options.Top, options.Metric)).ToList();
        var batches = queries.Index().Chunk(BatchQueries).Select(batch => (First: batch[0].Index, Queries: new QueryBatch(VectorTable.FromRows([.. batch.Select(query => query.Item.Vector)]), 0, batch.Length))).ToList();
        var count = 0L;
        foreach (var block in rows.Blocks(cancellation))
        {
            RequireWidth(rows, block, queries);
            var norms = RowNorms.Of(block.Table);
            foreach (var (first, batch) in batches)
            {
                foreach (var (query, found) in new TableScan(block.Table, norms, batch, nearest, null, 0).Run(cancellation).Index())
                {
                    best[first + query].Offer(found, block.Labels, count);
                }
            }

            count += block.Count;
            progress?.Report(WorkShare.Of($"searching, {count} rows", block.Share));
        }

        return count == 0
            ? throw new GptxException(GptxErrorKind.InvalidArgument, "VectorListEmpty", $"{rows.Name} has no rows to search")
            : [.. queries.SelectMany((query, index) => best[index].Ordered().Select((row, rank) => new SimilarText(
                query.Text, index, rank + 1, row.Label.RowId, row.Label.Text, row.Score, options.Metric, rows.Name) { Kept = row.Label.Kept }))];
    }

    private static void RequireWidth(IVectorRows rows, VectorBlock block, IReadOnlyList<LabelledVector> queries)
    {
        if (queries.FirstOrDefault(query => query.Vector.Length != block.Width) is { } query)
        {
            throw VectorChecks.Refuse("WidthMismatch", $"the vectors of {rows.Name} have {block.Width} numbers, the query's has {query.Vector.Length}: they are not of one model");
        }
    }

    /// <summary>The best rows of one query so far.</summary>
    private sealed class BestRows(int top, VectorMetric metric)
    {
        private readonly PriorityQueue<(RowLabel Label, double Score, long Place), (double Goodness, long MinusPlace)> _heap = new();
        private readonly int _sign = metric == VectorMetric.Euclidean ? -1 : 1;

        public void Offer(Neighbour[] found, IReadOnlyList<RowLabel> labels, long before)
        {
            foreach (var (index, score) in found)
            {
                var entry = ((labels[index], score, before + index), (_sign * score, -(before + index)));
                if (_heap.Count < top)
                {
                    _heap.Enqueue(entry.Item1, entry.Item2);
                }
                else
                {
                    _heap.EnqueueDequeue(entry.Item1, entry.Item2);
                }
            }
        }

        public IEnumerable<(RowLabel Label, double Score)> Ordered() => _heap.UnorderedItems
            .OrderByDescending(item => item.Priority.Goodness).ThenByDescending(item => item.Priority.MinusPlace).Select(item => (item.Element.Label, item.Element.Score));
    }
}
