namespace Gptx.Checkpoints.Hub;

/// <summary>Names of files come from a server. They may name files inside of a snapshot, and nothing else.</summary>
internal static class HubFileName
{
    private const int Longest = 1024;
    private const int Deepest = 16;

    /// <summary>Whether a name with slashes stays inside of the folder that it is joined to, on any system.</summary>
    public static bool IsInside(string name) => name.Length is > 0 and <= Longest
        && !name.Any(char.IsControl)
        && name.IndexOfAny(['\\', ':']) < 0
        && name.Split('/') is { Length: <= Deepest } parts
        && parts.All(part => part.Length > 0 && part is not ("." or "..") && part[^1] is not ('.' or ' '));

    /// <summary>The name, if it stays inside.</summary>
    /// <exception cref="GptxException"><c>HubFileNameUnsafe</c>.</exception>
    public static string Check(string name, HubModelName model) => IsInside(name) ? name : throw new GptxException(
        GptxErrorKind.ModelNotLoadable,
        "HubFileNameUnsafe",
        $"{model}: the hub names a file {Excerpt.Of(name)}, which would lie outside of the model's folder; nothing was downloaded");

    /// <summary>Whether an etag can be the name of a blob.</summary>
    public static bool IsBlob(string etag) => etag.Length is > 0 and <= 128
        && etag.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
        && etag[0] != '-';
}
