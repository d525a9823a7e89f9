namespace Gptx.Rows;

/// <summary>What can be wrong with one row; the others go on.</summary>
internal static class RowFault
{
    public static GptxException Unreadable(string why) => new(GptxErrorKind.InvalidInput, "RowUnreadable", $"the row cannot be read: {why}");

    public static GptxException TooLong(long bytes, int most) =>
        new(GptxErrorKind.InvalidInput, "RowTooLong", $"the row has {bytes} bytes: at most {most} are allowed (--max-row-bytes)");
}
