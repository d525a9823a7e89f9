namespace Gptx.Tool.Input;

/// <summary>A whole text out of a file or standard input, in parts that end with a line, so that memory is bounded.</summary>
internal static class TextFile
{
    private const int Part = 1 << 20;
    private const int LongestPart = 16 * Part;

    /// <summary>Reads the text.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file; null for standard input.</param>
    public static IEnumerable<string> Parts(Invocation run, string? path)
    {
        var reader = path is null ? run.Around.In : RowFile.Open(path);
        return Parts(run, reader, path is not null);
    }

    private static IEnumerable<string> Parts(Invocation run, TextReader reader, bool isOurs)
    {
        using var toClose = isOurs ? reader : null;
        var buffer = new char[Part];
        var rest = "";
        while (reader.ReadBlock(buffer) is > 0 and var count)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var text = string.Concat(rest, buffer.AsSpan(0, count));
            var end = text.LastIndexOf('\n') + 1;
            end = end == 0 && text.Length >= LongestPart ? text.Length - (char.IsHighSurrogate(text[^1]) ? 1 : 0) : end;
            if (end > 0)
            {
                yield return text[..end];
            }

            rest = text[end..];
        }

        if (rest.Length > 0)
        {
            yield return rest;
        }
    }
}
