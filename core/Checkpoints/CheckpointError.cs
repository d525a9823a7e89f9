namespace Gptx.Checkpoints;

/// <summary>The errors of this stage: each names the file first, then what is wrong with it and what is allowed, on one line.</summary>
internal static class CheckpointError
{
    public static GptxException In(string path, string errorId, string problem, Exception? cause = null) =>
        new(GptxErrorKind.ModelNotLoadable, errorId, $"{OneLine(path)}: {problem}", cause);

    /// <summary>A path as messages show it: as the caller gave it, unless something in it would break the line.</summary>
    public static string OneLine(string path)
    {
        var escaped = Excerpt.Of(path);
        return path.Any(char.IsControl) ? escaped : path;
    }

    /// <summary>What the operating system said, for a file that cannot be opened or read.</summary>
    public static GptxException NotReadable(string path, Exception cause) => cause switch
    {
        FileNotFoundException or DirectoryNotFoundException => In(path, "FileNotFound", "there is no such file", cause),
        UnauthorizedAccessException => In(path, "FileNotReadable", "the file cannot be read: access is denied, or it is a folder", cause),
        _ => In(path, "FileNotReadable", $"the file cannot be read: {Excerpt.Of(cause.Message)}", cause),
    };

    /// <summary>Whether an exception is the operating system's answer about a file, not a mistake of ours.</summary>
    public static bool IsAboutTheFile(Exception exception) =>
        exception is IOException or UnauthorizedAccessException;
}
