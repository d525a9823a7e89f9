using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gptx.Checkpoints;

/// <summary>
/// Collects named tensors and writes them as one safetensors file. As the reference does, tensors with wide elements come first and the header
/// is padded with spaces to a multiple of 8 bytes, so that every tensor is aligned to its element. The data is read when the file is written.
/// </summary>
public sealed class SafetensorsWriter
{
    private readonly Dictionary<string, StoredTensor> _tensors = new(StringComparer.Ordinal);

    /// <summary>Free texts for the header's <c>__metadata__</c>, for example <c>format</c> = <c>pt</c>; written in ordinal order.</summary>
    public IDictionary<string, string> Metadata { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Adds floats, stored in any floating-point type: rounded to nearest even.</summary>
    /// <param name="name">A name that no other tensor of the file has.</param>
    /// <param name="shape">The dimensions, the slowest first; their product is the number of values. Empty for a scalar.</param>
    /// <param name="values">The elements, row-major; kept, not copied.</param>
    /// <param name="storedAs">Float32, Float16, BFloat16 or Float64.</param>
    public void Add(string name, ReadOnlySpan<long> shape, ReadOnlyMemory<float> values, ElementType storedAs = ElementType.Float32) =>
        Add(name, shape, storedAs, values.Length, stream =>
            StoredTensor.WriteSingles(stream, name, values.Length, storedAs, (first, into) => values.Span.Slice((int)first, into.Length).CopyTo(into)));

    /// <summary>Adds 64-bit integers, stored as they are.</summary>
    /// <param name="name">A name that no other tensor of the file has.</param>
    /// <param name="shape">The dimensions, the slowest first; their product is the number of values. Empty for a scalar.</param>
    /// <param name="values">The elements, row-major; kept, not copied.</param>
    public void Add(string name, ReadOnlySpan<long> shape, ReadOnlyMemory<long> values) =>
        Add(name, shape, ElementType.Int64, values.Length, stream => StoredTensor.WriteBytes(stream, values.Span));

    /// <summary>Adds elements that are encoded already, of any type.</summary>
    /// <param name="name">A name that no other tensor of the file has.</param>
    /// <param name="shape">The dimensions, the slowest first. Empty for a scalar.</param>
    /// <param name="type">How the elements are encoded.</param>
    /// <param name="bytes">The elements, row-major, little-endian; kept, not copied.</param>
    public void Add(string name, ReadOnlySpan<long> shape, ElementType type, ReadOnlyMemory<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length % type.SizeInBytes(), 0, nameof(bytes));
        Add(name, shape, type, bytes.Length / type.SizeInBytes(), stream => stream.Write(bytes.Span));
    }

    /// <summary>Adds a tensor of another file under its own name, as it is or, if it holds floats, in another floating-point type.</summary>
    /// <param name="tensor">The tensor; its owner must not be disposed before the file is written.</param>
    /// <param name="storedAs">The type to store it in; null keeps its own, of which quantized ones, that the format lacks, become Float32.</param>
    public void Add(CheckpointTensor tensor, ElementType? storedAs = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var type = storedAs ?? (tensor.ElementType.IsQuantized() ? ElementType.Float32 : tensor.ElementType);
        Add(tensor.Name, tensor.Shape.ToArray(), type, tensor.Count, stream => WriteElements(stream, tensor, type));
    }

    /// <summary>Writes a tensor's elements alone, in a type: as they lie in the file where that is it.</summary>
    internal static void WriteElements(Stream stream, CheckpointTensor tensor, ElementType type)
    {
        if (type == tensor.ElementType && tensor.IsPlain)
        {
            StoredTensor.WriteBytes(stream, tensor);
        }
        else
        {
            StoredTensor.WriteSingles(stream, tensor.Name, tensor.Count, type, tensor.ReadSingles);
        }
    }

    /// <summary>Writes the file whole or not at all (<see cref="AtomicFile"/>).</summary>
    /// <exception cref="GptxException">
    /// The file exists and <paramref name="overwrite"/> is false (<c>OutputExists</c>), it cannot be written (<c>OutputNotWritable</c>), or a finite
    /// value is too large for the type it is stored in (<c>ValueTooLarge</c>).
    /// </exception>
    public void Save(string path, bool overwrite = false) => AtomicFile.Write(path, overwrite, Save);

    /// <summary>Writes the file to a stream, from its position on.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var inOrder = _tensors.Values
            .OrderByDescending(tensor => tensor.Type.SizeInBytes())
            .ThenBy(tensor => tensor.Name, StringComparer.Ordinal)
            .ToList();
        var header = Header(inOrder);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in inOrder)
        {
            tensor.Write(stream);
        }
    }

    /// <summary>Adds elements that are written when their turn comes.</summary>
    internal void Add(string name, ReadOnlySpan<long> shape, ElementType type, long count, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        foreach (var dimension in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dimension, nameof(shape));
        }

        if (SafetensorsLayout.ByteLength(shape, type) is not { } bytes || bytes != count * type.SizeInBytes())
        {
            var given = $"tensor {Excerpt.Of(name)} of shape [{string.Join(", ", shape.ToArray())}] got {count} elements";
            throw new ArgumentException(given, nameof(shape));
        }

        if (name == "__metadata__" || !_tensors.TryAdd(name, new StoredTensor(name, type, shape.ToArray(), bytes, write)))
        {
            throw new ArgumentException($"the name {Excerpt.Of(name)} is taken", nameof(name));
        }
    }

    private byte[] Header(List<StoredTensor> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in Metadata)
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            var offset = 0L;
            foreach (var tensor in tensors)
            {
                tensor.Describe(json, offset);
                offset += tensor.ByteLength;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }
}
