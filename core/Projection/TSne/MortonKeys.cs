namespace Gptx.Projection;

/// <summary>Points of the plane or of space as numbers whose bits are those of the coordinates in turn, so that near numbers are near points.</summary>
internal static class MortonKeys
{
    /// <summary>Bits of an axis.</summary>
    public static int Levels(int dimensions) => dimensions == 2 ? 30 : 20;

    /// <summary>The keys of a layout, [point * dimensions + axis].</summary>
    public static ulong[] Of(ReadOnlySpan<double> layout, int dimensions)
    {
        var (low, extent) = Bounds(layout, dimensions);
        var levels = Levels(dimensions);
        var scale = extent > 0 ? ((1L << levels) - 1) / extent : 0;
        var keys = new ulong[layout.Length / dimensions];
        for (var point = 0; point < keys.Length; point++)
        {
            for (var axis = 0; axis < dimensions; axis++)
            {
                var cell = (ulong)((layout[(point * dimensions) + axis] - low[axis]) * scale);
                for (var level = 0; level < levels; level++)
                {
                    keys[point] |= (cell >> level & 1) << ((level * dimensions) + axis);
                }
            }
        }

        return keys;
    }

    private static (double[] Low, double Extent) Bounds(ReadOnlySpan<double> layout, int dimensions)
    {
        var low = layout[..dimensions].ToArray();
        var high = layout[..dimensions].ToArray();
        for (var place = 0; place < layout.Length; place++)
        {
            var axis = place % dimensions;
            low[axis] = Math.Min(low[axis], layout[place]);
            high[axis] = Math.Max(high[axis], layout[place]);
        }

        return (low, low.Zip(high, (from, to) => to - from).Max());
    }
}
