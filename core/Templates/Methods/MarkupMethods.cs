namespace Gptx.Templates;

/// <summary>What markup has beyond other text.</summary>
internal static class MarkupMethods
{
    private static readonly MethodTable<TextValue> Table = new(new()
    {
        ["striptags"] = (text, _, run) => new TextValue(HtmlFilters.WithoutTags(text.Text, run)),
        ["unescape"] = (text, _, run) => new TextValue(HtmlFilters.Unescape(text.Text, run)),
        ["escape"] = (_, call, run) => Html.Escape(call.Places("escape", 1, 1)[0], run),
    });

    public static TemplateValue? Find(TextValue text, string name) => Table.Find(text, name);
}
