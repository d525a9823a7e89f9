using System.Text;

namespace Gptx.Templates;

/// <summary>The filter <c>urlencode</c>: a text, or the pairs of a query.</summary>
internal static class UrlEncoding
{
    public static TemplateValue Filter(TemplateValue value, CallArguments call, Rendering run)
    {
        call.Places("urlencode", 0, 0);
        if (value is TextValue || value.Elements(run) is null)
        {
            return new TextValue(Quote(value, forQuery: false, run));
        }

        var pairs = value is DictionaryValue dictionary ? new DictionaryView(dictionary, DictionaryPart.Items) : value;
        var into = new BoundedText(run.Budget);
        using var elements = pairs.Iterate(run);
        for (var isFirst = true; elements.MoveNext(); isFirst = false)
        {
            run.Budget.Step();
            var pair = Unpacking.Values(elements.Current, 2, run);
            into.Append(isFirst ? "" : "&").Append(Quote(pair[0], forQuery: true, run)).Append('=').Append(Quote(pair[1], forQuery: true, run));
        }

        return new TextValue(into.ToString());
    }

    private static string Quote(TemplateValue value, bool forQuery, Rendering run)
    {
        var bytes = value is BytesValue raw ? raw.Bytes : Encodings.Encode(value.Printed(run), "utf-8", "strict");
        run.Budget.Text(bytes.Length * 3L);
        var into = new StringBuilder();
        foreach (var code in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)code) || code is (byte)'_' or (byte)'.' or (byte)'-' or (byte)'~' || (!forQuery && code == '/'))
            {
                into.Append((char)code);
            }
            else
            {
                into.Append(forQuery && code == ' ' ? "+" : $"%{code:X2}");
            }
        }

        return into.ToString();
    }
}
