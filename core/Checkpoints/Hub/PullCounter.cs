namespace Gptx.Checkpoints.Hub;

/// <summary>Adds up what several downloads bring.</summary>
internal sealed class PullCounter(string name, IReadOnlyList<HubFile> files, IProgress<PullProgress>? progress)
{
    private readonly long _total = files.Sum(file => file.Size);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _whole = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>So many bytes came; fewer than none where a download began again.</summary>
    public void Add(long bytes)
    {
        lock (_lock)
        {
            _bytes += bytes;
            progress?.Report(new PullProgress(name, Math.Clamp(_bytes, 0, _total), _total, _whole.Count, files.Count));
        }
    }

    /// <summary>A file is whole, whoever brought it.</summary>
    public void Finish(HubFile file)
    {
        lock (_lock)
        {
            _whole[file.Name] = file.Size;
            _bytes = Math.Max(_bytes, _whole.Values.Sum());
            progress?.Report(new PullProgress(name, Math.Clamp(_bytes, 0, _total), _total, _whole.Count, files.Count));
        }
    }
}
