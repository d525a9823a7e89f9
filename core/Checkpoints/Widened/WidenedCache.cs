namespace Gptx.Checkpoints;

/// <summary>
/// Widened tensors on disk, so that a model which is opened again need not widen them again, and so that processes share their pages: one safetensors file a tensor, named
/// by the hash of what decides its numbers (<see cref="WidenedKey"/>). A file is used only if size, header and checksum are right, and is written whole or not at all, so
/// that processes may work side by side. The folder is bounded in size; what was used longest ago goes first. Where nothing can be written there is no cache, and a warning.
/// Safe to use from several threads at once.
/// </summary>
public sealed class WidenedCache : IDisposable
{
    /// <summary>The environment variable that bounds the folder, in gigabytes.</summary>
    public const string SizeVariable = "GPTX_CACHE_SIZE";

    /// <summary>The bytes that the folder may have where nothing says otherwise: a model of four billion parameters.</summary>
    public const long DefaultSize = 16_000_000_000;

    /// <summary>The name of the tensor in each file.</summary>
    internal const string TensorName = "weight";

    private const string Subfolder = "widened";

    /// <summary>Elements from which a tensor is kept: smaller ones are widened sooner than a file is opened.</summary>
    private const long LeastElements = 1 << 18;

    private readonly WidenedFolder _folder;
    private readonly List<SafetensorsFile> _open = [];
    private readonly Lock _lock = new();
    private Action<string>? _warn;
    private volatile bool _isBroken;

    /// <summary>A cache in a folder, which need not exist.</summary>
    /// <param name="folder">The folder of caches; this one has a folder in it.</param>
    /// <param name="size">The most bytes.</param>
    /// <param name="warn">Told, once, why nothing can be kept.</param>
    public WidenedCache(string folder, long size = DefaultSize, Action<string>? warn = null)
    {
        _folder = new WidenedFolder(Path.Join(folder, Subfolder), size);
        _warn = warn;
    }

    /// <summary>The cache that the environment describes (<see cref="CacheFolder"/>, <see cref="SizeVariable"/>); null where the platform has no place for it or its size is 0.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>: the size is no number of gigabytes.</exception>
    public static WidenedCache? FromEnvironment(Action<string>? warn = null, Func<string, string?>? variable = null)
    {
        var size = SizeOf((variable ?? Environment.GetEnvironmentVariable)(SizeVariable));
        return size > 0 && CacheFolder.Find(variable) is { } folder ? new WidenedCache(folder, size, warn) : null;
    }

    /// <summary>What is kept, a row a model file, the one used last first.</summary>
    /// <param name="files">Only of these files, links followed; none for all.</param>
    public IReadOnlyList<WidenedModel> List(params IReadOnlyCollection<string> files)
    {
        HashSet<string> wanted = [.. files.Select(RealPath.Of)];
        return [.. _folder.List().Where(model => wanted.Count == 0 || wanted.Contains(model.Source))];
    }

    /// <summary>Removes what is kept of a model file; of all where none is named.</summary>
    /// <returns>The bytes that were freed.</returns>
    public long Remove(string? source = null) => _folder.Remove(source);

    /// <summary>Removes what is kept of files in a folder that are there no more, such as those of a model that was taken out of the hub's cache.</summary>
    /// <returns>The bytes that were freed.</returns>
    public long RemoveGone(string folder)
    {
        var inside = Path.TrimEndingDirectorySeparator(RealPath.Of(folder)) + Path.DirectorySeparatorChar;
        return List().Where(model => model.Source.StartsWith(inside, StringComparison.Ordinal) && !File.Exists(model.Source)).Sum(model => _folder.Remove(model.Source));
    }

    /// <summary>Unmaps the files that were handed out.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _open.ForEach(file => file.Dispose());
            _open.Clear();
        }
    }

    /// <summary>A tensor's widened elements, mapped; null where they are not kept, or what is kept is not they.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="key">What it is to be kept by; null where it is not worth it: only what is quantized and not small takes longer to widen than to read again.</param>
    internal CheckpointTensor? Find(CheckpointTensor tensor, out string? key)
    {
        key = tensor.ElementType.IsQuantized() && tensor.Count >= LeastElements ? WidenedKey.Of(tensor) : null;
        if (key is null || _folder.Find(key, tensor.Count) is not { } file)
        {
            return null;
        }

        lock (_lock)
        {
            _open.Add(file);
        }

        return file.Tensors[TensorName];
    }

    /// <summary>Keeps a tensor's widened elements, as many as it has; nothing where the key is null.</summary>
    internal unsafe void Keep(CheckpointTensor tensor, string? key, nint elements)
    {
        try
        {
            if (key is not null && !_isBroken)
            {
                _folder.Keep(tensor, key, (float*)elements);
            }
        }
        catch (GptxException error) when (error.Kind == GptxErrorKind.OutputNotWritable)
        {
            _isBroken = true;
            Interlocked.Exchange(ref _warn, null)?.Invoke($"widened weights are not kept: {error.Message}");
        }
    }

    private static long SizeOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return DefaultSize;
        }

        return double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var gigabytes) && gigabytes is >= 0 and <= 1e9
            ? (long)(gigabytes * 1e9)
            : throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"{SizeVariable} is '{text}': it must be a number of gigabytes, 0 for no cache");
    }
}

/// <summary>What is kept of one model file.</summary>
/// <param name="Source">The file whose tensors were widened.</param>
/// <param name="Tensors">How many.</param>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="LastUsed">When one of them was written or read last.</param>
public sealed record WidenedModel(string Source, int Tensors, long Bytes, DateTimeOffset LastUsed)
{
    /// <summary>The file, and how much is kept of it.</summary>
    public override string ToString() => $"{Source} ({Tensors} tensors, {Bytes / 1e6:0} MB)";
}
