using System.Diagnostics.CodeAnalysis;

namespace Gptx.Checkpoints;

/// <summary>
/// A GGUF file as llama.cpp reads and writes it, version 2 or 3, little-endian, mapped into memory: magic, version, numbers of tensors and of
/// metadata entries, the metadata, the tensor table, the data. Opening reads the header only, and believes nothing in it unchecked. Names and
/// shapes are the file's own (shapes with the slowest dimension first).
/// (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md describes the format.)
/// </summary>
public sealed class GgufFile : ITensorFile
{
    private const uint Magic = 0x4655_4747; // "GGUF"
    private const int LeastBytes = 24;
    private const uint DefaultAlignment = 32;
    private const string AlignmentKey = "general.alignment";

    private readonly MappedFile _file;
    private readonly OrderedDictionary<string, CheckpointTensor> _tensors;

    private GgufFile(MappedFile file)
    {
        _file = file;
        var cursor = new GgufCursor(file, 0);
        Version = ReadVersion(cursor);
        var tensorCount = GgufTensorTable.Announced(cursor);
        var entryCount = GgufMetadataReader.Announced(cursor);
        Metadata = new GgufMetadata(file, GgufMetadataReader.Read(cursor, entryCount));
        Alignment = ReadAlignment(cursor);

        var entries = GgufTensorTable.Read(cursor, tensorCount, Alignment);
        var dataStart = cursor.Position + ((Alignment - (cursor.Position % Alignment)) % Alignment);
        GgufTensorTable.CheckLayout(file.Path, entries, file.Length - dataStart);
        _tensors = new OrderedDictionary<string, CheckpointTensor>(entries.Count, StringComparer.Ordinal);
        foreach (var (name, type, shape, offset, length) in entries)
        {
            _tensors.Add(name, new CheckpointTensor(file, name, type, shape, dataStart + offset, length));
        }
    }

    /// <inheritdoc/>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public string ResolvedPath => _file.ResolvedPath;

    /// <inheritdoc/>
    public long Length => _file.Length;

    /// <summary>The version of the format: 2 or 3.</summary>
    public int Version { get; }

    /// <summary>What the offsets of tensors are multiples of, in bytes: <c>general.alignment</c>, 32 where it is missing.</summary>
    public uint Alignment { get; }

    /// <summary>The keys and values of the header.</summary>
    public GgufMetadata Metadata { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors => _tensors;

    /// <summary>Maps a file and checks its header.</summary>
    /// <exception cref="GptxException">
    /// The file cannot be read (<c>FileNotFound</c>, <c>FileNotReadable</c>), is too short (<c>FileTruncated</c>, <c>HeaderTruncated</c>), no GGUF
    /// (<c>GgufMagicWrong</c>) or of another version (<c>GgufVersionNotSupported</c>), its metadata lie (<c>HeaderFieldInvalid</c>,
    /// <c>MetadataDuplicate</c>), or a tensor in it does (<c>TensorTypeNotSupported</c>, <c>TensorDuplicate</c>, <c>TensorSizeMismatch</c>,
    /// <c>TensorOutOfRange</c>, <c>TensorOverlap</c>).
    /// </exception>
    public static GgufFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = MappedFile.Open(path, LeastBytes, "a GGUF file");
        try
        {
            return new GgufFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Looks a tensor up by its name in the file, for example <c>blk.0.attn_q.weight</c>.</summary>
    public bool TryGetTensor(string name, [NotNullWhen(true)] out CheckpointTensor? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="GptxException">There is none (<c>TensorNotFound</c>).</exception>
    public CheckpointTensor GetTensor(string name) => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw CheckpointError.In(Path, "TensorNotFound", $"there is no tensor {Excerpt.Of(name)} among its {_tensors.Count}");

    /// <summary>Unmaps the file; its tensors and metadata cannot be read any more.</summary>
    public void Dispose() => _file.Dispose();

    private static int ReadVersion(GgufCursor cursor)
    {
        if (cursor.UInt32("the magic") != Magic)
        {
            throw cursor.Wrong("GgufMagicWrong", "the file does not begin with GGUF: this is no GGUF file");
        }

        var version = cursor.UInt32("the version");
        if (version is 2 or 3)
        {
            return (int)version;
        }

        var isBigEndian = (version & 0xFFFF) == 0;
        throw cursor.Wrong("GgufVersionNotSupported", isBigEndian
            ? "the file is big-endian GGUF; supported are versions 2 and 3, little-endian"
            : $"the file is GGUF of version {version}; supported are versions 2 and 3");
    }

    private uint ReadAlignment(GgufCursor cursor)
    {
        const int Most = 1 << 20;
        var alignment = Metadata.FindInt64(AlignmentKey) ?? DefaultAlignment;
        return alignment is > 0 and <= Most && long.IsPow2(alignment)
            ? (uint)alignment
            : throw cursor.Wrong("HeaderFieldInvalid", $"{AlignmentKey} is {alignment}; allowed are powers of two up to {Most}");
    }
}
