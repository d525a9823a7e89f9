namespace Gptx.Checkpoints;

/// <summary>The files of <see cref="WidenedCache"/>: found, written, bounded, listed, removed. Others may do the same at any moment.</summary>
internal sealed unsafe class WidenedFolder(string path, long size)
{
    private const string Ending = ".safetensors";
    private const string SourceEntry = "source";
    private const string KeyEntry = "key";
    private const string ChecksumEntry = "checksum";
    private const int Stretch = 1 << 20;
    private readonly Lock _lock = new();

    /// <summary>The file of a key, mapped; null where there is none, or it is damaged or foreign: then it is removed.</summary>
    public SafetensorsFile? Find(string key, long count)
    {
        var name = NameOf(key);
        if (!File.Exists(name))
        {
            return null;
        }

        try
        {
            var file = SafetensorsFile.Open(name);
            if (IsRight(file, key, count))
            {
                Ignoring(() => File.SetLastWriteTimeUtc(name, DateTime.UtcNow));
                return file;
            }

            file.Dispose();
        }
        catch (GptxException error) when (error.Kind == GptxErrorKind.ModelNotLoadable)
        {
            // It is no such file, or was removed in the meantime: as good as none.
        }

        Ignoring(() => File.Delete(name));
        return null;
    }

    /// <summary>Writes a tensor's elements and removes what is too much, the oldest first; a tensor larger than all that may be kept is not written.</summary>
    /// <exception cref="GptxException"><c>OutputNotWritable</c>.</exception>
    public void Keep(CheckpointTensor tensor, string key, float* elements)
    {
        var bytes = tensor.Count * sizeof(float);
        if (bytes > size)
        {
            return;
        }

        var checksum = new WidenedChecksum();
        for (var done = 0L; done < bytes; done += Stretch)
        {
            checksum.Add(Part(elements, done, bytes));
        }

        var writer = new SafetensorsWriter
        {
            Metadata = { [SourceEntry] = tensor.FilePath, ["tensor"] = tensor.Name, [KeyEntry] = key, ["converter"] = WidenedKey.Converter, [ChecksumEntry] = checksum.ToString() },
        };
        writer.Add(WidenedCache.TensorName, [tensor.Count], ElementType.Float32, tensor.Count, stream =>
        {
            for (var done = 0L; done < bytes; done += Stretch)
            {
                stream.Write(Part(elements, done, bytes));
            }
        });
        lock (_lock)
        {
            Create();
            Bound(size - bytes);
            writer.Save(NameOf(key), overwrite: true);
        }
    }

    /// <summary>What is kept, by source.</summary>
    public IReadOnlyList<WidenedModel> List() =>
    [
        .. Files().Select(file => (File: file, Source: SourceOf(file.FullName))).GroupBy(file => file.Source, StringComparer.Ordinal)
            .Select(files => new WidenedModel(files.Key, files.Count(), files.Sum(file => file.File.Length), files.Max(file => new DateTimeOffset(file.File.LastWriteTimeUtc, TimeSpan.Zero))))
            .OrderByDescending(model => model.LastUsed),
    ];

    /// <summary>Removes what is kept of a source, or all.</summary>
    public long Remove(string? source)
    {
        var freed = 0L;
        foreach (var file in Files().Where(file => source is null || SourceOf(file.FullName) == source).ToList())
        {
            var bytes = file.Length;
            if (Ignoring(file.Delete))
            {
                freed += bytes;
            }
        }

        return freed;
    }

    private static bool IsRight(SafetensorsFile file, string key, long count)
    {
        if (file.Metadata.GetValueOrDefault(KeyEntry) != key || file.Tensors.Count != 1 || !file.TryGetTensor(WidenedCache.TensorName, out var tensor)
            || tensor is not { ElementType: ElementType.Float32, Shape.Count: 1 } || tensor.Count != count)
        {
            return false;
        }

        var checksum = new WidenedChecksum();
        for (var done = 0L; done < tensor.ByteLength; done += Stretch)
        {
            checksum.Add(tensor.Slice(done, (int)Math.Min(Stretch, tensor.ByteLength - done)));
        }

        return checksum.ToString() == file.Metadata.GetValueOrDefault(ChecksumEntry);
    }

    private static string SourceOf(string name)
    {
        try
        {
            using var file = SafetensorsFile.Open(name);
            return file.Metadata.GetValueOrDefault(SourceEntry) ?? name;
        }
        catch (GptxException)
        {
            return name; // a file that is no cache's still takes room, and can be removed by its own name
        }
    }

    /// <summary>Removes the files used longest ago until no more than so many bytes are left.</summary>
    private void Bound(long most)
    {
        var files = Files().OrderBy(file => file.LastWriteTimeUtc).ToList();
        var whole = files.Sum(file => file.Length);
        foreach (var file in files)
        {
            if (whole <= most)
            {
                return;
            }

            whole -= file.Length;
            Ignoring(file.Delete);
        }
    }

    private List<FileInfo> Files()
    {
        List<FileInfo> files = [];
        Ignoring(() => files = Directory.Exists(path) ? [.. new DirectoryInfo(path).EnumerateFiles("*" + Ending)] : []);
        return files;
    }

    private void Create()
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GptxException(GptxErrorKind.OutputNotWritable, "OutputNotWritable", $"{path}: the folder cannot be made: {error.Message.TrimEnd('.')}", error);
        }
    }

    private static ReadOnlySpan<byte> Part(float* elements, long start, long bytes) => new((byte*)elements + start, (int)Math.Min(Stretch, bytes - start));

    private string NameOf(string key) => Path.Join(path, key + Ending);

    /// <summary>Does what others may do at the same moment, or the disk may forbid; whether it went well.</summary>
    private static bool Ignoring(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
