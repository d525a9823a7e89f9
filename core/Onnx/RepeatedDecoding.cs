namespace Gptx.Onnx;

/// <summary>Decoding with a foreign graph that keeps nothing: each step computes all tokens again.</summary>
internal sealed class RepeatedDecoding(OnnxSession session, ForeignInputs inputs, int vocabulary) : IDecoding
{
    private List<long[]> _rows = [];

    /// <inheritdoc/>
    public ReadOnlySpan<float> Run(long[] ids, long[] positions, IReadOnlyList<int> fresh, IReadOnlyList<int> lengths, CancellationToken cancellation)
    {
        var width = ids.Length / lengths.Count;
        var isNew = fresh.SequenceEqual(lengths);
        _rows = [.. lengths.Select((_, row) => (long[])[.. isNew ? [] : _rows[row], .. ids.AsSpan(row * width, fresh[row])])];
        var logits = new float[lengths.Count * vocabulary];
        foreach (var group in RowGroups.Of(lengths))
        {
            using var feed = inputs.Feed([.. group.SelectMany(row => _rows[row])], group.Length, 0, []);
            ForeignLogits.CopyLast(session.Run(feed.Values, [ForeignLogits.Name], cancellation)[0], group, logits, vocabulary);
        }

        return logits;
    }

    /// <inheritdoc/>
    public void Reorder(IReadOnlyList<int> rows, IReadOnlyList<int> lengths) => _rows = [.. rows.Select(row => _rows[row])];

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is kept but ids.
    }
}
