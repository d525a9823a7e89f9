using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gptx.Checkpoints;

/// <summary>A tensor on its way into a safetensors file: what the header says of it, and how its bytes are written.</summary>
internal sealed record StoredTensor(string Name, ElementType Type, long[] Shape, long ByteLength, Action<Stream> Write)
{
    /// <summary>Elements or bytes handled at a time; small enough for the processor's cache.</summary>
    private const int Stretch = 1 << 16;

    /// <summary>Fills a span with the elements from an index on.</summary>
    public delegate void ReadElements(long first, Span<float> into);

    public void Describe(Utf8JsonWriter json, long offset)
    {
        json.WriteStartObject(Name);
        json.WriteString("dtype", SafetensorsTypes.NameOf(Type));
        json.WriteStartArray("shape");
        foreach (var dimension in Shape)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + ByteLength);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteBytes(Stream stream, ReadOnlySpan<long> values)
    {
        for (; !values.IsEmpty; values = values[Math.Min(Stretch, values.Length)..])
        {
            stream.Write(MemoryMarshal.AsBytes(values[..Math.Min(Stretch, values.Length)]));
        }
    }

    public static void WriteBytes(Stream stream, CheckpointTensor tensor)
    {
        for (var done = 0L; done < tensor.ByteLength; done += Stretch)
        {
            stream.Write(tensor.Slice(done, (int)Math.Min(Stretch, tensor.ByteLength - done)));
        }
    }

    public static void WriteSingles(Stream stream, string name, long count, ElementType type, ReadElements read)
    {
        var values = new float[Math.Min(Stretch, count)];
        var stored = new byte[values.Length * type.SizeInBytes()];
        for (var done = 0L; done < count; done += values.Length)
        {
            var part = values.AsSpan(0, (int)Math.Min(values.Length, count - done));
            read(done, part);
            ThrowIfTooLarge(name, part, type);
            var bytes = stored.AsSpan(0, part.Length * type.SizeInBytes());
            ElementConversion.FromSingles(part, type, bytes);
            stream.Write(bytes);
        }
    }

    private static void ThrowIfTooLarge(string name, ReadOnlySpan<float> values, ElementType type)
    {
        var tooLarge = type switch
        {
            ElementType.Float16 => 65520f, // the first that rounds to infinity
            ElementType.BFloat16 => BitConverter.UInt32BitsToSingle(0x7F7F8000),
            _ => float.PositiveInfinity,
        };
        foreach (var value in values)
        {
            if (Math.Abs(value) >= tooLarge && float.IsFinite(value))
            {
                var problem = $"tensor {Excerpt.Of(name)} holds {value}, which {type} cannot; what it holds is below {tooLarge}";
                throw new GptxException(GptxErrorKind.InvalidInput, "ValueTooLarge", problem);
            }
        }
    }
}
