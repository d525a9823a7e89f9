using System.Buffers;

namespace Gptx.Checkpoints;

/// <summary>Reads a stretch of a quantized tensor: whole blocks at once, and at its ends parts of one.</summary>
internal static class BlockReading
{
    /// <summary>Elements widened at a time, so that their bytes stay in the processor's cache; whole blocks of any type.</summary>
    private const int Stretch = 1 << 15;

    /// <summary>Reads as many elements as the span holds.</summary>
    /// <param name="format">How they are stored.</param>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where in the file the tensor begins.</param>
    /// <param name="first">The first element, counted in the tensor.</param>
    /// <param name="values">Where they go.</param>
    public static void Read(BlockFormat format, MappedFile file, long offset, long first, Span<float> values)
    {
        Span<float> whole = stackalloc float[BlockFormat.Longest];
        var buffer = ArrayPool<byte>.Shared.Rent(Stretch / format.Length * format.Bytes);
        while (!values.IsEmpty)
        {
            var (block, skipped) = (first / format.Length, (int)(first % format.Length));
            var count = skipped == 0 ? Math.Min(Stretch, values.Length / format.Length * format.Length) : 0;
            var blocks = Math.Max(1, count / format.Length);
            var stored = buffer.AsSpan(0, blocks * format.Bytes);
            file.Read(offset + (block * format.Bytes), stored);
            if (count > 0)
            {
                format.Widen(stored, values[..count]);
            }
            else
            {
                format.Widen(stored, whole);
                count = Math.Min(format.Length - skipped, values.Length);
                whole.Slice(skipped, count).CopyTo(values);
            }

            values = values[count..];
            first += count;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
