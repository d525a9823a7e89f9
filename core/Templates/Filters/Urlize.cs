using System.Text.RegularExpressions;

namespace Gptx.Templates;

/// <summary>The filter <c>urlize</c>: addresses in a text become links.</summary>
internal static partial class Urlize
{
    public static TemplateValue Filter(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("urlize", 0, "trim_url_limit", "nofollow", "target", "rel", "extra_schemes");
        var limit = Arguments.IsAbsent(bound[0]) ? (int?)null : Arguments.Integer(bound[0]!, "urlize");
        var parts = new SortedSet<string>((Arguments.IsAbsent(bound[3]) ? "" : Arguments.Text(bound[3], "", "urlize")).Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal) { "noopener" };
        if (bound[1]?.IsTrue(run) ?? false)
        {
            parts.Add("nofollow");
        }

        var attributes = $" rel=\"{Html.Escaped(string.Join(' ', parts), run)}\"";
        if (!Arguments.IsAbsent(bound[2]))
        {
            attributes += $" target=\"{Html.Escaped(Arguments.Text(bound[2], "", "urlize"), run)}\"";
        }

        var schemes = Arguments.IsAbsent(bound[4]) ? [] : bound[4]!.ToList(run).ConvertAll(scheme => scheme.Printed(run));
        if (schemes.Find(scheme => !Scheme().IsMatch(scheme)) is { } wrong)
        {
            throw TemplateFault.Argument($"{PythonText.Quote(wrong)} is not a valid URI scheme prefix.");
        }

        var text = Html.Escape(value, run).Text;
        var into = new BoundedText(run.Budget);
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = start;
            while (end < text.Length && PythonCharacters.IsSpace(text[end]) == PythonCharacters.IsSpace(text[start]))
            {
                end++;
            }

            run.Budget.Steps((end - start) / 4);
            into.Append(PythonCharacters.IsSpace(text[start]) ? text[start..end] : Word(text[start..end], limit, attributes, schemes));
        }

        return new TextValue(into.ToString(), run.AutoEscape);
    }

    private static string Word(string word, int? limit, string attributes, List<string> schemes)
    {
        var head = Head().Match(word).Value;
        var middle = word[head.Length..];
        var tail = "";
        if (middle.Length > 0 && Tail(middle) is var cut && cut < middle.Length)
        {
            (middle, tail) = (middle[..cut], middle[cut..]);
        }

        foreach (var (open, close) in (ReadOnlySpan<(string, string)>)[("(", ")"), ("<", ">"), ("&lt;", "&gt;")])
        {
            var opened = Count(middle, open);
            for (var i = opened > Count(middle, close) ? Math.Min(opened, Count(tail, close)) : 0; i > 0; i--)
            {
                var end = tail.IndexOf(close, StringComparison.Ordinal) + close.Length;
                middle += tail[..end];
                tail = tail[end..];
            }
        }

        return head + Link(middle, limit, attributes, schemes) + tail;
    }

    private static string Link(string word, int? limit, string attributes, List<string> schemes)
    {
        var shown = limit is { } most && word.Length > most ? word[..Math.Max(most, 0)] + "..." : word;
        if (Http().IsMatch(word))
        {
            var scheme = word.StartsWith("https://", StringComparison.Ordinal) || word.StartsWith("http://", StringComparison.Ordinal) ? "" : "https://";
            return $"<a href=\"{scheme}{word}\"{attributes}>{shown}</a>";
        }

        if (word.StartsWith("mailto:", StringComparison.Ordinal) && Email().IsMatch(word[7..]))
        {
            return $"<a href=\"{word}\">{word[7..]}</a>";
        }

        if (word.Contains('@') && !word.StartsWith("www.", StringComparison.Ordinal) && word[0] != '@' && !word.Contains(':') && Email().IsMatch(word))
        {
            return $"<a href=\"mailto:{word}\">{word}</a>";
        }

        return schemes.Exists(scheme => word != scheme && word.StartsWith(scheme, StringComparison.Ordinal)) ? $"<a href=\"{word}\"{attributes}>{word}</a>" : word;
    }

    // Where the closing brackets, points and commas at the end begin.
    private static int Tail(string word)
    {
        var end = word.Length;
        while (end > 0)
        {
            if (word[end - 1] is ')' or '>' or '.' or ',')
            {
                end--;
            }
            else if (end >= 4 && string.CompareOrdinal(word, end - 4, "&gt;", 0, 4) == 0)
            {
                end -= 4;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    private static int Count(string text, string part) => (text.Length - text.Replace(part, "", StringComparison.Ordinal).Length) / part.Length;

    [GeneratedRegex(@"^([\w.+-]{2,}:(/){0,2})$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^([(<]|&lt;)*", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Head();

    [GeneratedRegex(
        @"^((https?://|www\.)(([\w%-]+\.)+)?([a-z]{2,63}|xn--[\w%]{2,59})|([\w%-]{2,63}\.)+(com|net|int|edu|gov|org|info|mil)|(https?://)((([\d]{1,3})(\.[\d]{1,3}){3})|(\[([\da-f]{0,4}:){2}([\da-f]{0,4}:?){1,6}])))(:[\d]{1,5})?([/?#]\S*)?$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Http();

    [GeneratedRegex(@"^\S+@\w[\w.-]*\.\w+$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Email();
}
