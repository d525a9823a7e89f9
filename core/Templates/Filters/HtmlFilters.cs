using System.Globalization;
using System.Text;

namespace Gptx.Templates;

/// <summary>Filters for HTML.</summary>
internal static class HtmlFilters
{
    public static readonly Dictionary<string, TemplateFilter> All = new()
    {
        ["escape"] = PlainFilter.Of("escape", (value, run) => Html.Escape(value, run)),
        ["e"] = PlainFilter.Of("e", (value, run) => Html.Escape(value, run)),
        ["forceescape"] = PlainFilter.Of("forceescape", (value, run) => new TextValue(Html.Escaped(value.Printed(run), run), isMarkup: true)),
        ["safe"] = PlainFilter.Of("safe", (value, run) => new TextValue(value.Printed(run), isMarkup: true)),
        ["striptags"] = PlainFilter.Of("striptags", (value, run) => new TextValue(WithoutTags(value.Printed(run), run))),
        ["urlize"] = Urlize.Filter,
        ["xmlattr"] = Attributes,
    };

    /// <summary>Text without comments and tags, white space as single blanks, entities as characters.</summary>
    public static string WithoutTags(string text, Rendering run)
    {
        run.Budget.Text(text.Length * 2L);
        text = Removed(Removed(text, "<!--", "-->"), "<", ">");
        var words = text.Split((char[]?)[.. text.Where(PythonCharacters.IsSpace).Distinct(), ' '], StringSplitOptions.RemoveEmptyEntries);
        return Unescape(string.Join(' ', words), run);
    }

    /// <summary>Text with its entities as characters.</summary>
    public static string Unescape(string text, Rendering run)
    {
        run.Budget.Text(text.Length);
        return System.Net.WebUtility.HtmlDecode(text);
    }

    private static string Removed(string text, string open, string close)
    {
        var into = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            var start = text.IndexOf(open, at, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf(close, start, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            into.Append(text, at, start - at);
            at = end + close.Length;
        }

        return into.Append(text, at, text.Length - at).ToString();
    }

    private static TextValue Attributes(TemplateValue value, CallArguments call, Rendering run)
    {
        var space = call.Bind("xmlattr", 0, "autospace")[0]?.IsTrue(run) ?? true;
        if (value is not DictionaryValue dictionary)
        {
            throw value is UndefinedValue undefined ? undefined.Fault() : TemplateFault.Failed("AttributeError", $"'{value.TypeName}' object has no attribute 'items'");
        }

        var into = new BoundedText(run.Budget);
        foreach (var (key, item) in dictionary.Pairs)
        {
            run.Budget.Step();
            if (item is NoneValue or UndefinedValue)
            {
                continue;
            }

            var name = key as TextValue ?? throw TemplateFault.Type($"expected string or bytes-like object, got '{key.TypeName}'");
            if (name.Text.AsSpan().IndexOfAny(" \t\n\r\f\v/>=") >= 0)
            {
                throw TemplateFault.Value(string.Create(CultureInfo.InvariantCulture, $"Invalid character in attribute name: {PythonText.Quote(name.Text)}"));
            }

            into.Append(into.Length > 0 || space ? " " : "").Append(Html.Escape(name, run).Text).Append("=\"").Append(Html.Escape(item, run).Text).Append('"');
        }

        return new TextValue(into.ToString(), run.AutoEscape);
    }
}
