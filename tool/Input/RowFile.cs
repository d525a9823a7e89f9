using System.Text;
using Gptx.Rows;

namespace Gptx.Tool.Input;

/// <summary>Rows out of files or standard input, read one after the other.</summary>
internal static class RowFile
{
    /// <summary>A line is a unit of its own.</summary>
    private static readonly RowLimits LineByLine = new(UnitBytes: 1);

    /// <summary>Reads the rows of files, of any format.</summary>
    /// <exception cref="GptxException"><c>TextMissing</c>: standard input is empty, and was not asked for.</exception>
    public static IEnumerable<TextRow> Read(Invocation run, IReadOnlyList<RowSource> sources, RowFields fields, bool mayBeChat, bool mayBeEmpty)
    {
        var number = 0;
        foreach (var (index, source) in sources.Index())
        {
            var reader = RowReaders.Of(source, index, fields, source.Path is null ? LineByLine : new RowLimits(), mayBeChat);
            foreach (var row in source.Path is null ? AsTheyCome(run, reader) : reader.Units(_ => true, run.Cancellation).SelectMany(unit => unit.Rows))
            {
                yield return Row(row, ++number);
            }
        }

        if (number == 0 && !mayBeEmpty)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "TextMissing", "there is no text: standard input is empty");
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

    // Somebody may be waiting for the answer to each line of standard input; and waiting for a line must not outlast Ctrl+C.
    private static IEnumerable<SourceRow> AsTheyCome(Invocation run, IRowReader reader)
    {
        var units = reader.Units(_ => true, run.Cancellation).GetEnumerator();
        while (Task.Run(units.MoveNext).WaitAsync(run.Cancellation).GetAwaiter().GetResult())
        {
            foreach (var row in units.Current.Rows)
            {
                yield return row;
            }
        }

        units.Dispose(); // not where a line is still being waited for
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
