namespace Gptx.Checkpoints;

/// <summary>
/// Writes a file whole or not at all: the content goes to a file beside the target, reaches the disk, and is then moved into place.
/// Whoever reads the path sees the old file or the new one, never a part.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file; when <paramref name="write"/> throws, nothing is left behind and an older file stays as it was.</summary>
    /// <param name="path">
    /// The file to make; its folder must exist. A symbolic link is followed, and stays. A device such as /dev/stdout is written to as it is.
    /// </param>
    /// <param name="overwrite">Whether a file that exists is replaced.</param>
    /// <param name="write">Writes the content to the stream it is given.</param>
    /// <param name="beside">
    /// Where the content goes first, on the same volume as the target. Null (the default): a file of a name that nobody else has, which a kill leaves behind; whoever
    /// is the only one to write the target, and comes back to it after a kill, gives a name and finds it again.
    /// </param>
    /// <exception cref="GptxException">
    /// The file exists and <paramref name="overwrite"/> is false (<c>OutputExists</c>); or the folder is missing or not writable, the disk is
    /// full, or the path is a folder (<c>OutputNotWritable</c>).
    /// </exception>
    public static void Write(string path, bool overwrite, Action<Stream> write, string? beside = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            if (IsDevice(path))
            {
                using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                write(device);
                return;
            }

            var target = RealPath.Of(path);
            ThrowIfNotAllowed(path, target, overwrite);
            WriteBeside(path, target, beside ?? Path.Join(Path.GetDirectoryName(target), $".gptx-{Guid.NewGuid():N}.tmp"), overwrite, write);
        }
        catch (Exception exception) when (CheckpointError.IsAboutTheFile(exception))
        {
            throw NotWritable(path, Excerpt.Of(exception.Message), exception);
        }
    }

    private static void WriteBeside(string path, string target, string beside, bool overwrite, Action<Stream> write)
    {
        try
        {
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            Move(path, beside, target, overwrite);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    private static void Move(string path, string beside, string target, bool overwrite)
    {
        try
        {
            File.Move(beside, target, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(target))
        {
            throw Exists(path); // someone else made it while we wrote
        }
    }

    private static void ThrowIfNotAllowed(string path, string target, bool overwrite)
    {
        if (Directory.Exists(target))
        {
            throw NotWritable(path, "it is a folder");
        }

        if (!overwrite && File.Exists(target))
        {
            throw Exists(path);
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            throw NotWritable(path, "its folder does not exist");
        }
    }

    /// <summary>/dev/stdout, /dev/fd/3 and their like; /dev/shm is a folder as any other.</summary>
    private static bool IsDevice(string path) => path is ['/', 'd', 'e', 'v', '/', ..]
        && Path.GetDirectoryName(path) is "/dev" or "/dev/fd" or "/dev/pts"
        && File.Exists(path);

    private static GptxException Exists(string path) => new(
        GptxErrorKind.OutputNotWritable,
        "OutputExists",
        $"{CheckpointError.OneLine(path)}: the file exists already; it is replaced only when that is asked for");

    private static GptxException NotWritable(string path, string reason, Exception? cause = null) => new(
        GptxErrorKind.OutputNotWritable,
        "OutputNotWritable",
        $"{CheckpointError.OneLine(path)}: the file cannot be written: {reason}",
        cause);
}
