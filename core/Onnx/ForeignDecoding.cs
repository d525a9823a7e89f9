using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>Decoding with a foreign graph that takes keys and values of earlier tokens and gives them back with the new ones.</summary>
internal sealed class ForeignDecoding(OnnxSession session, ForeignInputs inputs, int vocabulary) : IDecoding
{
    private List<Group> _groups = [];

    /// <inheritdoc/>
    public ReadOnlySpan<float> Run(long[] ids, long[] positions, IReadOnlyList<int> fresh, IReadOnlyList<int> lengths, CancellationToken cancellation)
    {
        var width = ids.Length / lengths.Count;
        if (fresh.SequenceEqual(lengths))
        {
            Forget();
            _groups = [.. RowGroups.Of(lengths).Select(rows => new Group(rows, []))];
        }

        var logits = new float[lengths.Count * vocabulary];
        foreach (var group in _groups)
        {
            var added = fresh[group.Rows[0]];
            long[] its = [.. group.Rows.SelectMany(row => ids.Skip(row * width).Take(added))];
            using var feed = inputs.Feed(its, group.Rows.Length, lengths[group.Rows[0]] - added, group.Kept);
            var outputs = session.Run(feed.Values, [ForeignLogits.Name, .. inputs.PresentNames], cancellation);
            group.Keep([.. outputs.Skip(1)]);
            ForeignLogits.CopyLast(outputs[0], group.Rows, logits, vocabulary);
        }

        return logits;
    }

    /// <inheritdoc/>
    public void Reorder(IReadOnlyList<int> rows, IReadOnlyList<int> lengths)
    {
        var groups = new List<Group>();
        foreach (var group in _groups)
        {
            int[] now = [.. Enumerable.Range(0, rows.Count).Where(row => group.Rows.Contains(rows[row]))];
            if (now.Length > 0)
            {
                groups.Add(group.Select(now, [.. now.Select(row => Array.IndexOf(group.Rows, rows[row]))]));
            }
        }

        Forget();
        _groups = groups;
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    private void Forget()
    {
        _groups.ForEach(group => group.Keep([]));
        _groups = [];
    }

    /// <summary>Rows of one length, and their keys and values.</summary>
    private sealed class Group(int[] rows, IReadOnlyList<OrtValue> kept)
    {
        public int[] Rows => rows;

        public IReadOnlyList<OrtValue> Kept { get; private set; } = kept;

        /// <summary>Frees what was kept and keeps others.</summary>
        public void Keep(IReadOnlyList<OrtValue> values)
        {
            foreach (var value in Kept)
            {
                value.Dispose();
            }

            Kept = values;
        }

        /// <summary>A group of some of its rows, in any order, with copies of their keys and values.</summary>
        public Group Select(int[] now, int[] from) => new(now, [.. Kept.Select(value => Copy(value, from))]);

        private static OrtValue Copy(OrtValue value, int[] from)
        {
            var info = value.GetTensorTypeAndShape();
            var copy = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, info.ElementDataType, [from.Length, .. info.Shape.Skip(1)]);
            var source = value.GetTensorMutableRawData();
            var target = copy.GetTensorMutableRawData();
            var bytes = source.Length / (int)info.Shape[0];
            foreach (var (row, index) in from.Index().Select(pair => (pair.Index, pair.Item)))
            {
                source.Slice(index * bytes, bytes).CopyTo(target[(row * bytes)..]);
            }

            return copy;
        }
    }
}
