namespace Gptx.Jobs;

/// <summary>
/// Held by the one process that works on an output. The operating system holds it and lets go of it when the process ends, however that happens; the file that is
/// left means nothing.
/// </summary>
internal sealed class JobLock : IDisposable
{
    private readonly FileStream _file;

    private JobLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="GptxException"><c>JobLocked</c>: another process has it.</exception>
    public static JobLock Take(string path) => TryTake(path) ?? throw Held(path);

    /// <summary>Takes the lock; null where another process has it.</summary>
    public static JobLock? TryTake(string path)
    {
        try
        {
            return new JobLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Whether no process has it.</summary>
    public static bool IsFree(string path)
    {
        using var taken = TryTake(path);
        return taken is not null;
    }

    /// <summary>The error that another process has it.</summary>
    public static GptxException Held(string path) => new(GptxErrorKind.OutputNotWritable, "JobLocked", $"{path} is held: another process works on this output");

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
