namespace Gptx.Illustrations;

/// <summary>A text as it stands in a title: one line, in quotation marks, cut where it is long.</summary>
internal static class TitledText
{
    private const int Longest = 60;

    public static string Of(string text) => $"\"{VisibleText.Shorten(VisibleText.OneLine(text).Trim(), Longest)}\"";

    /// <summary>What a figure is of: a text, or how many.</summary>
    public static string Of(IReadOnlyCollection<string> texts, string many = "texts") => texts.Count == 1 ? Of(texts.First())
        : texts.Sum(text => text.Length + 4) <= Longest ? string.Join(", ", texts.Select(Of))
        : $"{texts.Count} {many}";
}
