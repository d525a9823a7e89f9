using System.Text;
using Gptx.Rows;

namespace Gptx.Tool.Input;

/// <summary>Rows out of files or standard input, read one after the other.</summary>
internal static class RowFile
{
    /// <summary>Reads the rows of files, of any format.</summary>
    public static IEnumerable<TextRow> Read(Invocation run, IReadOnlyList<RowSource> sources, RowFields fields, bool mayBeChat)
    {
        var number = 0;
        foreach (var (index, source) in sources.Index())
        {
            var rows = source.Path is null ? Lines(run, fields, mayBeChat)
                : RowReaders.Of(source, index, fields, new RowLimits(), mayBeChat).Units(_ => true, run.Cancellation).SelectMany(unit => unit.Rows);
            foreach (var row in rows)
            {
                yield return Row(row, ++number);
            }
        }
    }

    /// <summary>Opens a file of text, UTF-8.</summary>
    /// <exception cref="GptxException"><c>InputNotReadable</c>.</exception>
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

    // Lines of standard input are taken as they come: somebody may be waiting for the answer to each.
    private static IEnumerable<SourceRow> Lines(Invocation run, RowFields fields, bool mayBeChat)
    {
        var decoder = LineDecoders.Of(RowFormat.Text, fields, mayBeChat);
        var number = 0;
        while (ReadLine(run) is { } line)
        {
            if (decoder.Decode(0, number++, Encoding.UTF8.GetBytes(line)) is { } row)
            {
                yield return row;
            }
        }

        if (number == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "TextMissing", "there is no text: standard input is empty");
        }
    }

    // Waiting for a line must not outlast Ctrl+C.
    private static string? ReadLine(Invocation run)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        return run.Cancellation.CanBeCanceled ? Task.Run(run.Around.In.ReadLine).WaitAsync(run.Cancellation).GetAwaiter().GetResult() : run.Around.In.ReadLine();
    }

    private static TextRow Row(SourceRow row, int number) => new(number)
    {
        Text = row.Text,
        Ids = row.Ids,
        Conversation = row.Conversation,
        RowId = row.Id,
        Kept = row.Kept,
        Error = row.Fault,
    };
}
