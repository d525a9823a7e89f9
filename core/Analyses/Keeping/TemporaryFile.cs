namespace Gptx.Analyses;

/// <summary>Files that no other process sees and that end with this one, even where it is killed.</summary>
internal static class TemporaryFile
{
    /// <summary>Makes one.</summary>
    /// <exception cref="GptxException"><c>OutputNotWritable</c>.</exception>
    public static FileStream Make()
    {
        var path = Path.Join(Path.GetTempPath(), $"gptx-{Guid.NewGuid():N}.tmp");
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Delete,
                Options = FileOptions.DeleteOnClose,
                BufferSize = 1 << 16,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            var file = new FileStream(path, options);
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(path); // its name goes now, its bytes with the process
            }

            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(error);
        }
    }

    /// <summary>Writes bytes into one.</summary>
    /// <exception cref="GptxException"><c>OutputNotWritable</c>.</exception>
    public static void Write(Stream file, ReadOnlySpan<byte> bytes)
    {
        try
        {
            file.Write(bytes);
        }
        catch (IOException error)
        {
            throw NotWritable(error);
        }
    }

    /// <summary>Does what writes into one.</summary>
    /// <exception cref="GptxException"><c>OutputNotWritable</c>: the disk is full, for example.</exception>
    public static void Write(Action write)
    {
        try
        {
            write();
        }
        catch (IOException error)
        {
            throw NotWritable(error);
        }
    }

    private static GptxException NotWritable(Exception error) => new(
        GptxErrorKind.OutputNotWritable, "OutputNotWritable", $"rows that do not fit into memory cannot be kept in {Path.GetTempPath()}: {error.Message}; TMPDIR names another folder, --max-memory allows more memory", error);
}
