using Gptx.Jobs.Stores;

namespace Gptx.Analyses;

/// <summary>Vectors of a table of a database that a job of <c>embed</c> made, a row at a time.</summary>
internal sealed class StoreVectors : IVectorRows
{
    private readonly string _address;

    public StoreVectors(string address, IReadOnlyList<string> keep)
    {
        if (keep.Count > 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "keep: of a table the ids, texts and vectors are read; join its other columns by rowId");
        }

        _address = address;
        using var table = StoreTable.Open(address);
        Name = $"{table.Address}";
        Origin = JobRecord.Of(table.Job, modelName: null);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public VectorOrigin Origin { get; }

    /// <inheritdoc/>
    public IEnumerable<VectorBlock> Blocks(CancellationToken cancellation)
    {
        using var table = StoreTable.Open(_address);
        var (block, done) = (new BlockBuilder(Name), 0L);
        foreach (var row in table.Rows(cancellation))
        {
            block.Add(
                new RowLabel(row.RowId, row.Text),
                row.Vector ?? throw new GptxException(GptxErrorKind.InvalidArgument, "VectorFileInvalid", $"{Name}: row {row.RowId} has no vector: a table of 'gptx embed' has one for each"));
            done++;
            if (block.IsFull)
            {
                yield return block.Take((double)done / Math.Max(table.Count, 1));
            }
        }

        if (block.Count > 0)
        {
            yield return block.Take(1);
        }
    }
}
