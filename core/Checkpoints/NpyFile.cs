using System.Runtime.InteropServices;

namespace Gptx.Checkpoints;

/// <summary>
/// A NumPy array file (.npy, versions 1 to 3), mapped into memory: one tensor in C order, little-endian.
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html describes the format.
/// </summary>
public sealed class NpyFile : IDisposable
{
    private readonly MappedFile _file;

    private NpyFile(MappedFile file)
    {
        _file = file;
        var header = NpyHeader.Read(file);
        if (header.IsFortran)
        {
            throw CheckpointError.In(file.Path, "ArrayNotSupported", "it is in Fortran order; C order is supported: save it with numpy.ascontiguousarray");
        }

        header.CheckSize(file);
        var name = System.IO.Path.GetFileNameWithoutExtension(file.Path);
        Tensor = new CheckpointTensor(file, name, header.Type, header.Shape, header.DataStart, file.Length - header.DataStart);
    }

    /// <summary>The path as it was given to <see cref="Open"/>.</summary>
    public string Path => _file.Path;

    /// <summary>The array; its name is the file's, without extension.</summary>
    public CheckpointTensor Tensor { get; }

    /// <summary>Maps a file and checks its header.</summary>
    /// <exception cref="GptxException">
    /// The file cannot be read (<c>FileNotFound</c>, <c>FileNotReadable</c>), is too short (<c>FileTruncated</c>), is not an .npy file or has a
    /// damaged header (<c>ArrayHeaderInvalid</c>), holds what we do not read, such as Fortran order, big-endian numbers or Python objects
    /// (<c>ArrayNotSupported</c>), or has more or fewer bytes than its shape says (<c>ArraySizeMismatch</c>).
    /// </exception>
    public static NpyFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = MappedFile.Open(path, 10, "an .npy file");
        try
        {
            return new NpyFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes floats, whole or not at all (<see cref="AtomicFile"/>), version 1 in C order.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="shape">The dimensions, the slowest first; their product is the number of values.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="overwrite">Whether a file that exists is replaced.</param>
    /// <exception cref="GptxException">The file exists (<c>OutputExists</c>) or cannot be written (<c>OutputNotWritable</c>).</exception>
    public static void Write(string path, ReadOnlySpan<long> shape, ReadOnlyMemory<float> values, bool overwrite = false) =>
        Write(path, shape, ElementType.Float32, values, overwrite);

    /// <summary>Writes 64-bit integers; otherwise as the overload for floats.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="shape">The dimensions, the slowest first; their product is the number of values.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="overwrite">Whether a file that exists is replaced.</param>
    /// <exception cref="GptxException">The file exists (<c>OutputExists</c>) or cannot be written (<c>OutputNotWritable</c>).</exception>
    public static void Write(string path, ReadOnlySpan<long> shape, ReadOnlyMemory<long> values, bool overwrite = false) =>
        Write(path, shape, ElementType.Int64, values, overwrite);

    /// <summary>Writes elements that are encoded already; otherwise as the overload for floats. BFloat16 has no name in NumPy.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="shape">The dimensions, the slowest first.</param>
    /// <param name="type">How the elements are encoded.</param>
    /// <param name="bytes">The elements, row-major, little-endian.</param>
    /// <param name="overwrite">Whether a file that exists is replaced.</param>
    /// <exception cref="GptxException">The file exists (<c>OutputExists</c>) or cannot be written (<c>OutputNotWritable</c>).</exception>
    public static void Write(string path, ReadOnlySpan<long> shape, ElementType type, ReadOnlyMemory<byte> bytes, bool overwrite = false) =>
        Write<byte>(path, shape, type, bytes, overwrite);

    /// <summary>Unmaps the file; its tensor cannot be read any more.</summary>
    public void Dispose() => _file.Dispose();

    private static void Write<T>(string path, ReadOnlySpan<long> shape, ElementType type, ReadOnlyMemory<T> values, bool overwrite)
        where T : unmanaged
    {
        var given = (long)values.Length * Marshal.SizeOf<T>();
        if (SafetensorsLayout.ByteLength(shape, type) != given)
        {
            throw new ArgumentException($"an array of shape ({string.Join(", ", shape.ToArray())}) of {type} got {given} bytes", nameof(shape));
        }

        var header = NpyHeader.Write(type, shape);
        AtomicFile.Write(path, overwrite, stream =>
        {
            const int Stretch = 1 << 16;
            stream.Write(header);
            for (var rest = values.Span; !rest.IsEmpty; rest = rest[Math.Min(Stretch, rest.Length)..])
            {
                stream.Write(MemoryMarshal.AsBytes(rest[..Math.Min(Stretch, rest.Length)]));
            }
        });
    }
}
