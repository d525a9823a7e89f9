namespace Gptx.Embeddings;

/// <summary>
/// Exact nearest rows of a table: every row is looked at, on all cores, with sums in float64. Equal rows get equal scores, ties go to the lower index, and the
/// answer is the same at any number of threads and in any batch of queries.
/// </summary>
public sealed class NearestSearch
{
    private const int BatchQueries = 1024;

    private readonly VectorTable _table;
    private readonly Lazy<double[]> _norms;

    /// <summary>Searches <paramref name="table"/>. The rows' norms are computed at the first search and kept: 8 bytes a row.</summary>
    public NearestSearch(VectorTable table)
    {
        _table = table;
        _norms = new Lazy<double[]>(() => RowNorms.Of(table), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The nearest rows of one vector, best first.</summary>
    /// <param name="query">As wide as the table.</param>
    /// <param name="options">How many, by which metric, among which rows; null for ten by cosine.</param>
    /// <param name="cancellation">Ends the search early.</param>
    /// <exception cref="GptxException">
    /// InvalidArgument: <c>WidthMismatch</c>, <c>VectorNotFinite</c> (query or a row of the table), <c>OptionOutOfRange</c>, <c>RowOutOfRange</c>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public IReadOnlyList<Neighbour> Find(ReadOnlySpan<float> query, NearestOptions? options = null, CancellationToken cancellation = default)
    {
        VectorChecks.SameWidth(query.Length, _table.Width);
        return FindAll(VectorTable.FromMemory(query.ToArray(), query.Length), options, cancellation)[0];
    }

    /// <summary>The nearest rows of each row of <paramref name="queries"/>, best first: the answers that <see cref="Find"/> would give, sooner.</summary>
    /// <inheritdoc cref="Find" path="/exception"/>
    public IReadOnlyList<IReadOnlyList<Neighbour>> FindAll(
        VectorTable queries, NearestOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new NearestOptions();
        options.Validate();
        VectorChecks.SameWidth(queries.Width, _table.Width);
        int[]? rows = options.Among is null ? null : [.. options.Among.Distinct().Order()];
        foreach (int row in rows ?? [])
        {
            VectorChecks.RowExists(row, _table.Count);
        }

        var answers = new List<Neighbour[]>(queries.Count);
        for (int first = 0; first < queries.Count; first += BatchQueries)
        {
            var batch = new QueryBatch(queries, first, Math.Min(BatchQueries, queries.Count - first));
            answers.AddRange(new TableScan(_table, _norms.Value, batch, options, rows, first).Run(cancellation));
        }

        return answers;
    }
}
