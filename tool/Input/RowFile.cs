using System.Text;

namespace Gptx.Tool.Input;

/// <summary>Rows out of a file or standard input, a line each, read one after the other.</summary>
internal static class RowFile
{
    /// <summary>Whether a file's name says that its lines are JSON.</summary>
    public static bool LooksLikeJsonLines(string? path) => path is not null
        && (path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads rows.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file; null for standard input.</param>
    /// <param name="fields">Where lines are JSON objects, the fields to read; else null.</param>
    public static IEnumerable<TextRow> Read(Invocation run, string? path, FieldNames? fields)
    {
        var reader = path is null ? run.Around.In : Open(path);
        return Rows(run, reader, path is not null, fields);
    }

    private static IEnumerable<TextRow> Rows(Invocation run, TextReader reader, bool isOurs, FieldNames? fields)
    {
        using var toClose = isOurs ? reader : null;
        var number = 0;
        while (ReadLine(run, reader) is { } line)
        {
            number++;
            yield return fields is null ? new TextRow(number) { Text = line } : JsonRow.Read(number, line, fields);
        }

        if (number == 0 && !isOurs)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "TextMissing", "there is no text: standard input is empty");
        }
    }

    // Waiting for a line must not outlast Ctrl+C.
    private static string? ReadLine(Invocation run, TextReader reader)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        return reader is StreamReader { BaseStream: FileStream } || !run.Cancellation.CanBeCanceled
            ? reader.ReadLine()
            : Task.Run(reader.ReadLine).WaitAsync(run.Cancellation).GetAwaiter().GetResult();
    }

    public static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = error is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : "access is denied, or it is a folder";
            throw new GptxException(GptxErrorKind.InvalidArgument, "InputNotReadable", $"{path} cannot be read: {reason}", error);
        }
    }
}
