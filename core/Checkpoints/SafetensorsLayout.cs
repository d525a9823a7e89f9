namespace Gptx.Checkpoints;

/// <summary>
/// Whether the tensors of a header fill the file exactly: one after the other from the end of the header to the end of the file, without
/// overlap, hole or rest, each as long as its shape and type say. The reference implementation (the safetensors crate) demands the same.
/// </summary>
internal static class SafetensorsLayout
{
    /// <summary>Sorts the entries by position and throws at the first that does not fit.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="entries">The tensors; their offsets count from the end of the header.</param>
    /// <param name="dataLength">The number of bytes after the header.</param>
    public static void Check(string path, List<SafetensorsHeader.Entry> entries, long dataLength)
    {
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        var filled = 0L;
        foreach (var (name, type, shape, begin, end) in entries)
        {
            var tensor = $"tensor {Excerpt.Of(name)} at bytes {begin} to {end} of the data";
            if (end < begin || end > dataLength)
            {
                throw CheckpointError.In(path, "TensorOutOfRange", $"{tensor}; allowed is a range within 0 to {dataLength}");
            }

            if (begin < filled)
            {
                throw CheckpointError.In(path, "TensorOverlap", $"{tensor} overlaps the one before, which ends at {filled}");
            }

            if (begin > filled)
            {
                throw CheckpointError.In(path, "TensorGap", $"{tensor} leaves a hole after byte {filled}");
            }

            var wanted = ByteLength(shape, type);
            if (wanted != end - begin)
            {
                var needs = $"{type} [{string.Join(", ", shape)}] needs {wanted?.ToString() ?? "more than there can be"}";
                throw CheckpointError.In(path, "TensorSizeMismatch", $"{tensor} has {end - begin} bytes; {needs}");
            }

            filled = end;
        }

        if (filled != dataLength)
        {
            throw CheckpointError.In(path, "TensorGap", $"the tensors end at byte {filled} of the data, the file at {dataLength}");
        }
    }

    /// <summary>The size of a tensor in bytes, or null where it exceeds 64 bits.</summary>
    public static long? ByteLength(ReadOnlySpan<long> shape, ElementType type)
    {
        var bytes = (Int128)type.SizeInBytes();
        foreach (var dimension in shape)
        {
            bytes *= dimension;
            if (bytes > long.MaxValue)
            {
                return null; // also where a later dimension is 0, as in the reference
            }
        }

        return (long)bytes;
    }
}
