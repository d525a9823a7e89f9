namespace Gptx.Checkpoints.Hub;

/// <summary>
/// A lock that the operating system holds (flock on Unix, a share mode on Windows), on the same file as Python's filelock takes it: it goes
/// with the process, however that ends. The file stays; it means nothing by itself.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const UnixFileMode GroupToo = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead;
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, waiting as long as another has it.</summary>
    /// <exception cref="GptxException"><c>HubCacheNotWritable</c>; <c>HubDiskFull</c>.</exception>
    public static async Task<FileLock> Take(string path, CancellationToken cancellation)
    {
        for (var pause = 10; ; pause = Math.Min(2 * pause, 200))
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            await Task.Delay(pause + Random.Shared.Next(pause), cancellation);
        }
    }

    /// <summary>The lock, or null where another has it.</summary>
    public static FileLock? TryTake(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = GroupToo;
        }

        FileStream file;
        try
        {
            file = new FileStream(path, options);
        }
        catch (IOException error) when (IsHeld(error))
        {
            return null;
        }
        catch (Exception error) when (CheckpointError.IsAboutTheFile(error))
        {
            throw HubError.NotWritable(path, error);
        }

        if (File.Exists(path))
        {
            return new FileLock(file);
        }

        file.Dispose(); // who had it before has deleted the file: the lock is on a file that nobody else can find
        return null;
    }

    public void Dispose() => _file.Dispose();

    private static bool IsHeld(IOException error)
    {
        const int LinuxWouldBlock = 11;
        const int MacWouldBlock = 35;
        const int SharingViolation = unchecked((int)0x80070020);
        const int LockViolation = unchecked((int)0x80070021);
        return error.HResult is LinuxWouldBlock or MacWouldBlock or SharingViolation or LockViolation;
    }
}
