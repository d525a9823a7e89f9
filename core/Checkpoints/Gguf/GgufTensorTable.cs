using System.Numerics;

namespace Gptx.Checkpoints;

/// <summary>
/// The tensors that a GGUF header lists: name, dimensions (the fastest first; turned round here), type, and offset from the start of the data.
/// Every entry is checked by itself and against the others: sizes, alignment, end of file, overlaps.
/// </summary>
internal static class GgufTensorTable
{
    private const int LongestName = 1024; // ggml: 63
    private const int MostDimensions = 4; // the format's own limit
    private const int LeastEntry = sizeof(ulong) + sizeof(uint) + sizeof(ulong) + sizeof(uint) + sizeof(ulong);

    /// <summary>One tensor; the offset counts from the start of the data, the shape has the slowest dimension first.</summary>
    public readonly record struct Entry(string Name, ElementType Type, long[] Shape, long Offset, long ByteLength);

    /// <summary>How many tensors the cursor's next 8 bytes announce.</summary>
    public static long Announced(GgufCursor cursor) => cursor.Count("the number of tensors", LeastEntry);

    /// <summary>Reads so many entries.</summary>
    public static List<Entry> Read(GgufCursor cursor, long count, uint alignment)
    {
        var entries = new List<Entry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0L; i < count; i++)
        {
            var entry = ReadEntry(cursor, alignment);
            if (!names.Add(entry.Name))
            {
                throw cursor.Wrong("TensorDuplicate", $"the tensor {Excerpt.Of(entry.Name)} is there twice");
            }

            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Sorts the entries by position and throws at the first that overlaps another or leaves the file.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="entries">The tensors.</param>
    /// <param name="dataLength">The number of bytes from the start of the data to the end of the file.</param>
    public static void CheckLayout(string path, List<Entry> entries, long dataLength)
    {
        entries.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        var filled = 0L;
        foreach (var (name, _, _, offset, length) in entries)
        {
            var tensor = $"tensor {Excerpt.Of(name)} of {length} bytes at byte {offset} of the data";
            if (length > dataLength || offset > dataLength - length)
            {
                throw CheckpointError.In(path, "TensorOutOfRange", $"{tensor}; the file has {Math.Max(dataLength, 0)} bytes of data");
            }

            if (offset < filled)
            {
                throw CheckpointError.In(path, "TensorOverlap", $"{tensor} overlaps the one before, which ends at {filled}");
            }

            filled = offset + length;
        }
    }

    private static Entry ReadEntry(GgufCursor cursor, uint alignment)
    {
        var name = cursor.Name("the name of a tensor", LongestName);
        var shape = ReadShape(cursor, name);
        var number = cursor.UInt32("the type of a tensor");
        if (!GgmlTypes.TryParse(number, out var type))
        {
            var problem = $"tensor {Excerpt.Of(name)} has type {GgmlTypes.Show(number)}; supported are {GgmlTypes.Allowed}";
            throw cursor.Wrong("TensorTypeNotSupported", problem);
        }

        if (shape[^1] % type.BlockLength() != 0)
        {
            var problem = $"tensor {Excerpt.Of(name)} has rows of {shape[^1]} elements; {type} stores blocks of {type.BlockLength()}";
            throw cursor.Wrong("TensorSizeMismatch", problem);
        }

        var bytes = shape.Aggregate((BigInteger)1, (product, dimension) => product * dimension) / type.BlockLength() * type.BlockBytes();
        if (bytes > long.MaxValue)
        {
            throw cursor.Wrong("TensorSizeMismatch", $"tensor {Excerpt.Of(name)} of shape [{string.Join(", ", shape)}] has more bytes than there can be");
        }

        var offset = cursor.UInt64("the offset of a tensor");
        return offset % alignment == 0 && offset <= long.MaxValue
            ? new Entry(name, type, shape, (long)offset, (long)bytes)
            : throw cursor.Wrong("TensorOutOfRange", $"tensor {Excerpt.Of(name)} begins at byte {offset} of the data; allowed are multiples of {alignment}");
    }

    private static long[] ReadShape(GgufCursor cursor, string name)
    {
        var dimensions = cursor.UInt32("the number of dimensions of a tensor");
        if (dimensions is 0 or > MostDimensions)
        {
            throw cursor.Wrong("HeaderFieldInvalid", $"tensor {Excerpt.Of(name)} has {dimensions} dimensions; allowed are 1 to {MostDimensions}");
        }

        var shape = new long[dimensions];
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            var size = cursor.UInt64("a dimension of a tensor");
            shape[i] = size is > 0 and <= long.MaxValue
                ? (long)size
                : throw cursor.Wrong("HeaderFieldInvalid", $"tensor {Excerpt.Of(name)} has a dimension of {size}; allowed are 1 to {long.MaxValue}");
        }

        return shape;
    }
}
