namespace Gptx.Templates;

/// <summary>All methods of <c>str</c>, in groups: case, padding, search, splitting, questions, formatting.</summary>
internal static class TextMethods
{
    private static readonly MethodTable<TextValue> Table = new(new([
        .. TextCaseMethods.All, .. TextPaddingMethods.All, .. TextSearchMethods.All, .. TextSplitMethods.All, .. TextQuestions.All, .. TextFormatMethods.All,
    ]));

    public static TemplateValue? Find(TextValue text, string name) => text.IsMarkup && MarkupMethods.Find(text, name) is { } method ? method : Table.Find(text, name);
}
