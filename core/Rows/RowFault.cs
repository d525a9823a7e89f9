namespace Gptx.Rows;

/// <summary>What can be wrong with one row; the others go on.</summary>
internal static class RowFault
{
    public static GptxException Unreadable(string why) => new(GptxErrorKind.InvalidInput, "RowUnreadable", $"the row cannot be read: {why}");

    public static GptxException TooLong(long bytes, int most) =>
        new(GptxErrorKind.InvalidInput, "RowTooLong", $"the row has {bytes} bytes: at most {most} are allowed (--max-row-bytes)");

    public static GptxException NoColumn(string source, string name, IEnumerable<string> columns) =>
        new(GptxErrorKind.InvalidArgument, "FieldMissing", $"{source} has no column '{name}'; its columns are {Shown(columns)}");

    public static GptxException ColumnTwice(string source, string name) =>
        new(GptxErrorKind.InvalidArgument, "FieldRepeated", $"{source} has two columns '{name}': which of them is meant cannot be told; rename one");

    /// <summary>Names that a file has, as a message can show them.</summary>
    public static string Shown(IEnumerable<string> names) => VisibleText.OneLine(VisibleText.Shorten(string.Join(", ", names.Take(50).Select(name => VisibleText.Shorten(name, 50))), 500));
}
