namespace Gptx.Checkpoints;

/// <summary>
/// Writes a model's folder whole or not at all: its files go into a folder beside the target, which is then moved into place. Whoever reads the path sees the
/// old folder, for a moment none, or the new one.
/// </summary>
public static class AtomicFolder
{
    /// <summary>Writes a folder; when <paramref name="write"/> throws, nothing is left behind and an older folder stays as it was.</summary>
    /// <param name="path">The folder to make; the one around it must exist. An empty folder is filled.</param>
    /// <param name="overwrite">Whether a model's folder, known by its config.json, is replaced with all that is in it.</param>
    /// <param name="write">Writes the files into the folder that it is given.</param>
    /// <exception cref="GptxException">
    /// The folder exists and is not empty (<c>OutputExists</c>); or it is no model's and so not replaced, is a file, or cannot be written
    /// (<c>OutputNotWritable</c>).
    /// </exception>
    public static void Write(string path, bool overwrite, Action<string> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            var target = Path.TrimEndingDirectorySeparator(RealPath.Of(path));
            ThrowIfNotAllowed(path, target, overwrite);
            WriteBeside(target, write);
        }
        catch (Exception exception) when (CheckpointError.IsAboutTheFile(exception))
        {
            throw NotWritable(path, Excerpt.Of(exception.Message), exception);
        }
    }

    private static void WriteBeside(string target, Action<string> write)
    {
        var beside = Path.Join(Path.GetDirectoryName(target), $".gptx-{Guid.NewGuid():N}.tmp");
        Directory.CreateDirectory(beside);
        try
        {
            write(beside);
            MoveIntoPlace(beside, target);
        }
        catch
        {
            Directory.Delete(beside, recursive: true);
            throw;
        }
    }

    private static void MoveIntoPlace(string beside, string target)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(beside, target);
            return;
        }

        var old = Path.Join(Path.GetDirectoryName(target), $".gptx-{Guid.NewGuid():N}.old");
        Directory.Move(target, old);
        try
        {
            Directory.Move(beside, target);
        }
        catch
        {
            Directory.Move(old, target);
            throw;
        }

        Directory.Delete(old, recursive: true);
    }

    private static void ThrowIfNotAllowed(string path, string target, bool overwrite)
    {
        if (File.Exists(target))
        {
            throw NotWritable(path, "it is a file");
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            throw NotWritable(path, "the folder around it does not exist");
        }

        if (!Directory.Exists(target) || !Directory.EnumerateFileSystemEntries(target).Any())
        {
            return;
        }

        if (!overwrite)
        {
            throw new GptxException(
                GptxErrorKind.OutputNotWritable,
                "OutputExists",
                $"{CheckpointError.OneLine(path)}: the folder exists already and is not empty; a model's folder is replaced only when that is asked for");
        }

        if (!File.Exists(Path.Join(target, "config.json")))
        {
            throw NotWritable(path, "it has no config.json, so it is no model's folder and is not replaced");
        }
    }

    private static GptxException NotWritable(string path, string reason, Exception? cause = null) => new(
        GptxErrorKind.OutputNotWritable,
        "OutputNotWritable",
        $"{CheckpointError.OneLine(path)}: the folder cannot be written: {reason}",
        cause);
}
