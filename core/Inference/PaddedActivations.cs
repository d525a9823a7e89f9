using Gptx.Activations;

namespace Gptx.Inference;

/// <summary>Activations of rows that ran in groups of one length, laid into one batch padded on the right.</summary>
internal sealed class PaddedActivations(IReadOnlyList<int> lengths)
{
    private readonly OrderedDictionary<string, Activation> _all = new(StringComparer.Ordinal);
    private readonly int _width = lengths.Max();

    /// <summary>What was added so far.</summary>
    public IReadOnlyList<Activation> All => [.. _all.Values];

    /// <summary>Adds the values of some rows, [rows, tokens, width], [rows, heads, tokens, tokens] or [rows, width].</summary>
    public void Add(IReadOnlyList<int> rows, Activation part)
    {
        var isByQuery = part.Shape.Count == 4;
        if (!_all.TryGetValue(part.Name, out var whole))
        {
            int[] shape = part.Shape.Count switch
            {
                4 => [lengths.Count, part.Shape[1], _width, _width],
                3 => [lengths.Count, _width, part.Shape[2]],
                _ => [lengths.Count, part.Shape[1]],
            };
            _all.Add(part.Name, whole = new Activation(part.Name, shape, new float[shape.Aggregate(1, (product, size) => checked(product * size))]));
        }

        var target = System.Runtime.InteropServices.MemoryMarshal.AsMemory(whole.Values);
        foreach (var (index, row) in rows.Index())
        {
            var from = part[index].Values;
            var to = target.Slice(row * (target.Length / lengths.Count), target.Length / lengths.Count);
            if (!isByQuery)
            {
                from.CopyTo(to);
                continue;
            }

            var length = part.Shape[2];
            for (var line = 0; line < part.Shape[1] * length; line++)
            {
                from.Slice(line * length, length).CopyTo(to[((((line / length) * _width) + (line % length)) * _width)..]);
            }
        }
    }
}
