using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Gptx.Checkpoints;

/// <summary>
/// A safetensors file, mapped into memory: eight bytes with the length of the header, the header (JSON), the data. Opening reads the header only.
/// Everything in the file is checked before it is believed (https://github.com/huggingface/safetensors describes the format).
/// </summary>
public sealed class SafetensorsFile : ITensorFile
{
    private const int LengthBytes = 8;

    private readonly MappedFile _file;
    private readonly OrderedDictionary<string, CheckpointTensor> _tensors;

    private SafetensorsFile(MappedFile file)
    {
        _file = file;
        var headerLength = HeaderLength(file);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = SafetensorsHeader.Read(file.Path, file.Bytes(LengthBytes, headerLength), metadata);
        var dataStart = (long)LengthBytes + headerLength;
        SafetensorsLayout.Check(file.Path, entries, file.Length - dataStart);

        Metadata = metadata;
        _tensors = new OrderedDictionary<string, CheckpointTensor>(entries.Count, StringComparer.Ordinal);
        foreach (var (name, type, shape, begin, end) in entries)
        {
            _tensors.Add(name, new CheckpointTensor(file, name, type, shape, dataStart + begin, end - begin));
        }
    }

    /// <inheritdoc/>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public string ResolvedPath => _file.ResolvedPath;

    /// <inheritdoc/>
    public long Length => _file.Length;

    /// <summary>The free texts of the header's <c>__metadata__</c>; empty where there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors => _tensors;

    /// <summary>Maps a file and checks its header.</summary>
    /// <exception cref="GptxException">
    /// The file cannot be read (<c>FileNotFound</c>, <c>FileNotReadable</c>), is too short (<c>FileTruncated</c>), its header is too long or not
    /// what the format says (<c>HeaderTooLong</c>, <c>HeaderTruncated</c>, <c>HeaderNotJson</c>, <c>HeaderFieldInvalid</c>), or a tensor in it is
    /// (<c>TensorTypeNotSupported</c>, <c>TensorDuplicate</c>, <c>TensorOutOfRange</c>, <c>TensorOverlap</c>, <c>TensorGap</c>,
    /// <c>TensorSizeMismatch</c>).
    /// </exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = MappedFile.Open(path, LengthBytes + 2, "a safetensors file");
        try
        {
            return new SafetensorsFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Looks a tensor up by its name.</summary>
    public bool TryGetTensor(string name, [NotNullWhen(true)] out CheckpointTensor? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="GptxException">There is none (<c>TensorNotFound</c>).</exception>
    public CheckpointTensor GetTensor(string name) => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw CheckpointError.In(Path, "TensorNotFound", $"there is no tensor {Excerpt.Of(name)} among its {_tensors.Count}");

    /// <summary>Unmaps the file; its tensors cannot be read any more.</summary>
    public void Dispose() => _file.Dispose();

    private static int HeaderLength(MappedFile file)
    {
        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Bytes(0, LengthBytes));
        if (length > SafetensorsHeader.LongestHeader)
        {
            var problem = $"the header would have {length} bytes; the format allows {SafetensorsHeader.LongestHeader}";
            throw CheckpointError.In(file.Path, "HeaderTooLong", problem);
        }

        if ((long)length > file.Length - LengthBytes)
        {
            var problem = $"the header would have {length} bytes; after its length the file has {file.Length - LengthBytes}";
            throw CheckpointError.In(file.Path, "HeaderTruncated", problem);
        }

        return length > 0 && file.Bytes(LengthBytes, 1)[0] == (byte)'{'
            ? (int)length
            : throw CheckpointError.In(file.Path, "HeaderNotJson", "the header does not begin with '{': this is no safetensors file");
    }
}
