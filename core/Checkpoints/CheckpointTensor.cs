namespace Gptx.Checkpoints;

/// <summary>
/// A named tensor where it lies in its file: nothing is read until it is asked for. It belongs to the
/// <see cref="SafetensorsFile"/>, <see cref="GgufFile"/>, <see cref="CheckpointFolder"/> or <see cref="NpyFile"/> that it came from. After that one is
/// disposed every member that touches the data throws <see cref="ObjectDisposedException"/>, and spans and pointers handed out
/// before point at nothing: dispose the owner only when nobody reads any more.
/// </summary>
public sealed unsafe class CheckpointTensor
{
    /// <summary>Elements converted at a time, so that no span of bytes outgrows what a span holds.</summary>
    private const int Stretch = 1 << 20;

    private readonly MappedFile _file;
    private readonly long[] _shape;
    private readonly CheckpointTensor? _stored;
    private readonly TensorChange? _change;

    /// <summary>The owner has checked that offset and length lie within the file and fit type and shape.</summary>
    internal CheckpointTensor(MappedFile file, string name, ElementType elementType, long[] shape, long offset, long byteLength)
    {
        _file = file;
        _shape = shape;
        Name = name;
        ElementType = elementType;
        Offset = offset;
        ByteLength = byteLength;
    }

    /// <summary>A tensor, or rows of it, under another name and perhaps with a change undone.</summary>
    private CheckpointTensor(CheckpointTensor stored, string name, long[] shape, long offset, long byteLength, TensorChange? change)
        : this(stored._file, name, stored.ElementType, shape, offset, byteLength)
    {
        _stored = stored;
        _change = change;
    }

    /// <summary>The name in the file, for example <c>transformer.h.0.attn.c_attn.weight</c>.</summary>
    public string Name { get; }

    /// <summary>How its elements are stored.</summary>
    public ElementType ElementType { get; }

    /// <summary>Its dimensions, the slowest first (row-major); empty for a scalar. A dimension may be 0.</summary>
    public IReadOnlyList<long> Shape => _shape;

    /// <summary>
    /// Whether the bytes in the file are the elements, one after the other in their order. They are not where a tensor is quantized, or where the
    /// file has it rearranged: then <see cref="Bytes"/>, <see cref="Slice"/> and <see cref="Pointer"/> give what the file has.
    /// </summary>
    public bool IsPlain => _change is null && !ElementType.IsQuantized();

    /// <summary>How the stored bytes become the elements, where that is more than their type says; null where it cannot be said in words.</summary>
    internal string? ReadingKey => _change is null ? "" : _change.Key is { } its && _stored!.ReadingKey is { } before ? $"{its} of [{string.Join(", ", _stored._shape)}] {before}" : null;

    /// <summary>The number of elements: the product of <see cref="Shape"/>, 1 for a scalar.</summary>
    public long Count => ByteLength / ElementType.BlockBytes() * ElementType.BlockLength();

    /// <summary>Where its first byte lies, counted from the start of <see cref="FilePath"/>.</summary>
    public long Offset { get; }

    /// <summary>Its size in bytes.</summary>
    public long ByteLength { get; }

    /// <summary>The file that holds it, symbolic links followed (in a hub cache the blob).</summary>
    public string FilePath => _file.ResolvedPath;

    /// <summary>The address of its first byte in the mapped file; not always aligned to the element. Valid until the owner is disposed.</summary>
    public nint Pointer => (nint)(_file.Start + Offset);

    /// <summary>All its bytes; valid until the owner is disposed.</summary>
    /// <exception cref="InvalidOperationException">The tensor has 2 GiB or more: use <see cref="Slice"/>.</exception>
    public ReadOnlySpan<byte> Bytes => ByteLength <= int.MaxValue
        ? _file.Bytes(Offset, (int)ByteLength)
        : throw new InvalidOperationException($"{this} has {ByteLength} bytes; one span holds {int.MaxValue}: use Slice");

    /// <summary>A stretch of its bytes; valid until the owner is disposed.</summary>
    /// <param name="start">The first byte, counted from the start of the tensor.</param>
    /// <param name="length">The number of bytes.</param>
    public ReadOnlySpan<byte> Slice(long start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, ByteLength - length);
        return _file.Bytes(Offset + start, length);
    }

    /// <summary>All elements as float32, row-major: float16 and bfloat16 are widened exactly, float64 is rounded to nearest even, quantized ones decoded.</summary>
    /// <exception cref="GptxException">
    /// The elements are not floats (<c>TensorTypeNotFloat</c>), or more than one array holds (<c>TensorTooLarge</c>).
    /// </exception>
    public float[] ReadSingles()
    {
        var values = new float[ArrayLength()];
        ReadSingles(0, values);
        return values;
    }

    /// <summary>All elements as float32 into a span of exactly <see cref="Count"/> elements.</summary>
    /// <exception cref="GptxException">The elements are not floats (<c>TensorTypeNotFloat</c>).</exception>
    public void ReadSingles(Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, Count, nameof(destination));
        ReadSingles(0, destination);
    }

    /// <summary>As many elements as the span holds, from element <paramref name="first"/> on (row-major), as float32.</summary>
    /// <exception cref="GptxException">The elements are not floats (<c>TensorTypeNotFloat</c>).</exception>
    public void ReadSingles(long first, Span<float> destination)
    {
        if (!ElementType.IsFloat())
        {
            const string Wanted = "Float32, Float16, BFloat16, Float64 or a quantized type";
            throw CheckpointError.In(_file.Path, "TensorTypeNotFloat", $"{this} was to be read as floats; that takes {Wanted}");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, Count - destination.Length);
        if (_change is not null)
        {
            _change.Read(_stored!, first, destination);
            return;
        }

        if (BlockFormat.Of(ElementType) is { } format)
        {
            BlockReading.Read(format, _file, Offset, first, destination);
            return;
        }

        for (var done = 0; done < destination.Length; done += Stretch)
        {
            var count = Math.Min(Stretch, destination.Length - done);
            ElementConversion.ToSingles(ElementType, Elements(first + done, count), destination.Slice(done, count));
        }
    }

    /// <summary>All elements as int64, row-major; booleans as 0 and 1.</summary>
    /// <exception cref="GptxException">
    /// The elements are floats (<c>TensorTypeNotInteger</c>), one does not fit (<c>TensorValueOutOfRange</c>), or they are more than one
    /// array holds (<c>TensorTooLarge</c>).
    /// </exception>
    public long[] ReadInt64s()
    {
        if (ElementType.IsFloat())
        {
            throw CheckpointError.In(_file.Path, "TensorTypeNotInteger", $"{this} was to be read as integers; that takes an integer type or Bool");
        }

        var values = new long[ArrayLength()];
        try
        {
            for (var done = 0; done < values.Length; done += Stretch)
            {
                var count = Math.Min(Stretch, values.Length - done);
                ElementConversion.ToInt64s(ElementType, Elements(done, count), values.AsSpan(done, count));
            }
        }
        catch (OverflowException exception)
        {
            throw CheckpointError.In(_file.Path, "TensorValueOutOfRange", $"{this} holds a UInt64 above {long.MaxValue}", exception);
        }

        return values;
    }

    /// <summary>Name, type and shape on one line, for example <c>"wte.weight" Float16 [8192, 256]</c>.</summary>
    public override string ToString() => $"{Excerpt.Of(Name)} {ElementType} [{string.Join(", ", _shape)}]";

    /// <summary>Bytes as they lie in the file, read and not mapped.</summary>
    internal void ReadBytes(long start, Span<byte> into) => _file.Read(Offset + start, into);

    /// <summary>The matrix in blocks, exactly as it is; null where its type cannot be taken apart so, or its rows are not what is wanted.</summary>
    /// <param name="asColumns">Whether it is a matrix [in, out], whose columns are cut into blocks.</param>
    internal QuantizedMatrix? Blocks(bool asColumns) =>
        _change is not null ? _change.Blocks(_stored!, asColumns) : asColumns ? null : StoredMatrix.Of(this);

    /// <summary>This tensor under another name, with a change undone.</summary>
    internal CheckpointTensor As(string name, TensorChange? change = null)
    {
        var shape = change is Transposition ? [.. _shape.Reverse()] : _shape;
        return new CheckpointTensor(this, name, shape, Offset, ByteLength, change);
    }

    /// <summary>Some of its rows, as a tensor of their own; one row of a matrix becomes a vector where asked for. The caller keeps to the shape.</summary>
    internal CheckpointTensor Rows(string name, long first, long count, bool asVector = false)
    {
        var rowBytes = ByteLength / _shape[0];
        long[] shape = asVector ? [.. _shape[1..]] : [count, .. _shape[1..]];
        return new CheckpointTensor(this, name, shape, Offset + (first * rowBytes), count * rowBytes, null);
    }

    private ReadOnlySpan<byte> Elements(long first, int count) =>
        Slice(first * ElementType.SizeInBytes(), count * ElementType.SizeInBytes());

    private int ArrayLength() => Count <= Array.MaxLength
        ? (int)Count
        : throw CheckpointError.In(_file.Path, "TensorTooLarge", $"{this} has {Count} elements; one array holds {Array.MaxLength}");
}
