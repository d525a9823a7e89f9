using Gptx.Embeddings;

namespace Gptx.Analyses;

/// <summary>Rows with their vectors, gone through once and kept: for what compares all with all.</summary>
internal sealed class KeptRows : IDisposable
{
    private readonly long _maxMemory;
    private readonly KeptLabels _labels;
    private KeptVectors? _vectors;
    private VectorTable? _table;

    private KeptRows(long maxMemory) => (_maxMemory, _labels) = (maxMemory, new KeptLabels(maxMemory / 4));

    /// <summary>How many there are.</summary>
    public int Count => _labels.Count;

    /// <summary>Their vectors.</summary>
    public VectorTable Table => _table ??= _vectors!.Table();

    /// <summary>Reads all rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="maxMemory">The most bytes that they take in memory; the rest goes into a temporary file.</param>
    /// <param name="visit">Told each row with its vector and its number, in order; null for nobody.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="cancellation">Stops it.</param>
    public static KeptRows Of(IVectorRows rows, long maxMemory, RowVisit? visit, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var kept = new KeptRows(maxMemory);
        try
        {
            foreach (var block in rows.Blocks(cancellation))
            {
                kept.Add(block, visit);
                progress?.Report(WorkShare.Of($"reading, {kept.Count} rows", block.Share));
            }

            return kept;
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }

    /// <summary>The label of a row.</summary>
    public RowLabel Label(int row) => _labels.Of(row);

    /// <inheritdoc/>
    public void Dispose()
    {
        _vectors?.Dispose();
        _labels.Dispose();
    }

    private void Add(VectorBlock block, RowVisit? visit)
    {
        _vectors ??= new KeptVectors(block.Width, _maxMemory - (_maxMemory / 4));
        for (var row = 0; row < block.Count; row++)
        {
            visit?.Invoke(Count, block.Labels[row], block.Row(row));
            _vectors.Add(block.Row(row));
            _labels.Add(block.Labels[row]);
        }
    }
}

/// <summary>Looks at a row.</summary>
internal delegate void RowVisit(int number, RowLabel label, ReadOnlySpan<float> vector);
