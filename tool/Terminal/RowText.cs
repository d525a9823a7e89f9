namespace Gptx.Tool.Terminal;

/// <summary>Rows as a person reads them in a table.</summary>
internal static class RowText
{
    private const int LongestId = 24;

    /// <summary>What names a row, cut where it is long.</summary>
    public static string Id(object rowId) => VisibleText.Shorten(VisibleText.OneLine($"{rowId}"), LongestId);

    /// <summary>A row's text on one line, cut where it is long.</summary>
    public static string Of(string? text, int width) => VisibleText.Shorten(VisibleText.OneLine(text ?? ""), Math.Max(20, width));
}
