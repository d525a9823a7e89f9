namespace Gptx.Graphs.Foreign;

/// <summary>ONNX's element types by their numbers: names and sizes.</summary>
internal static class ElementTypes
{
    private static readonly Dictionary<int, (string Name, int Bits)> Known = new()
    {
        [1] = ("Float32", 32),
        [2] = ("UInt8", 8),
        [3] = ("Int8", 8),
        [4] = ("UInt16", 16),
        [5] = ("Int16", 16),
        [6] = ("Int32", 32),
        [7] = ("Int64", 64),
        [9] = ("Boolean", 8),
        [10] = ("Float16", 16),
        [11] = ("Float64", 64),
        [12] = ("UInt32", 32),
        [13] = ("UInt64", 64),
        [16] = ("BFloat16", 16),
        [17] = ("Float8E4M3", 8),
        [18] = ("Float8E4M3Z", 8),
        [19] = ("Float8E5M2", 8),
        [20] = ("Float8E5M2Z", 8),
        [21] = ("UInt4", 4),
        [22] = ("Int4", 4),
        [23] = ("Float4", 4),
    };

    /// <summary>Whether weights that are multiplied with have it; the others are shapes, positions and masks.</summary>
    public static bool IsOfWeights(int type) => type is 1 or 2 or 3 or 10 or 11 or 16 or (>= 17 and <= 23);

    /// <summary>Its name; its number where there is none.</summary>
    public static string Name(int type) => Known.TryGetValue(type, out var known) ? known.Name : $"ONNX type {type}";

    /// <summary>The bytes of so many elements; null for types without a size.</summary>
    public static long? Bytes(int type, long count) =>
        Known.TryGetValue(type, out var known) && count <= long.MaxValue / 64 ? ((count * known.Bits) + 7) / 8 : null;

    /// <summary>The number of elements of a shape; null where a dimension is negative or there are more than any file has.</summary>
    public static long? Count(IEnumerable<long> shape)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            if (size < 0 || (size > 0 && count > (1L << 48) / size))
            {
                return null;
            }

            count *= size;
        }

        return count;
    }
}
