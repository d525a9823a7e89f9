namespace Gptx.Analyses;

/// <summary>Rows with vectors that are in memory already: objects of a pipeline, or a file of a kind that is read whole.</summary>
/// <param name="name">What messages call them.</param>
/// <param name="origin">Which model they are of.</param>
/// <param name="rows">The rows; they are gone through once for each pass.</param>
public sealed class MemoryRows(string name, VectorOrigin origin, IEnumerable<(RowLabel Label, float[] Vector)> rows) : IVectorRows
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public VectorOrigin Origin => origin;

    /// <inheritdoc/>
    public IEnumerable<VectorBlock> Blocks(CancellationToken cancellation)
    {
        var block = new BlockBuilder(name);
        foreach (var (label, vector) in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            block.Add(label, vector);
            if (block.IsFull)
            {
                yield return block.Take();
            }
        }

        if (block.Count > 0)
        {
            yield return block.Take();
        }
    }
}
