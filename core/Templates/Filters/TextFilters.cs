namespace Gptx.Templates;

/// <summary>Filters on text; other values are printed first.</summary>
internal static class TextFilters
{
    public static readonly Dictionary<string, TemplateFilter> All = new()
    {
        ["upper"] = (value, call, run) => Method(value, "upper", call, run),
        ["lower"] = (value, call, run) => Method(value, "lower", call, run),
        ["capitalize"] = (value, call, run) => Method(value, "capitalize", call, run),
        ["title"] = Title,
        ["trim"] = (value, call, run) =>
        {
            var characters = call.Bind("trim", 0, "chars")[0];
            return TextSearchMethods.Strip(AsText(value, run), Arguments.IsAbsent(characters) ? null : Arguments.Text(characters, "", "strip"), atStart: true, atEnd: true, run);
        },
        ["replace"] = Replace,
        ["string"] = PlainFilter.Of("string", (value, run) => AsText(value, run)),
        ["format"] = Format,
        ["join"] = Join,
        ["wordcount"] = PlainFilter.Of("wordcount", (value, run) => IntegerValue.Of(Words(AsText(value, run).Text, run))),
        ["pprint"] = PlainFilter.Of("pprint", (value, run) => new TextValue(PrettyText.Of(value, run))),
        ["urlencode"] = UrlEncoding.Filter,
    };

    /// <summary>A text as it is, markup too; anything else printed.</summary>
    public static TextValue AsText(TemplateValue value, Rendering run) => value as TextValue ?? new TextValue(value.Printed(run));

    private static TemplateValue Method(TemplateValue value, string name, CallArguments call, Rendering run) =>
        TextMethods.Find(AsText(value, run), name)!.Call(call, run);

    // Words begin after white space, hyphens and opening brackets; their first letter becomes large, the others small.
    private static TextValue Title(TemplateValue value, CallArguments call, Rendering run)
    {
        call.Places("title", 0, 0);
        var text = AsText(value, run).Text;
        run.Budget.Text(text.Length * 3L);
        var into = new BoundedText(run.Budget);
        var at = 0;
        while (at < text.Length)
        {
            var isBreak = IsBreak(text[at]);
            var end = at;
            while (end < text.Length && IsBreak(text[end]) == isBreak)
            {
                end++;
            }

            var first = at + (end - at > 1 && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1);
            into.Append(isBreak ? text[at..end] : PythonCase.Upper(text[at..first]) + PythonCase.Lower(text[first..end]));
            at = end;
        }

        return new TextValue(into.ToString());
    }

    private static bool IsBreak(char character) => character is '-' or '(' or '{' or '[' or '<' || PythonCharacters.IsSpace(character);

    private static TextValue Replace(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("replace", 2, "old", "new", "count");
        var count = Arguments.IsAbsent(bound[2]) ? -1 : Arguments.Integer(bound[2]!, "replace");
        var most = count < 0 ? long.MaxValue : count;
        if (!run.AutoEscape)
        {
            return new TextValue(TextSearch.Replace(new TextValue(value.Printed(run)), bound[0]!.Printed(run), bound[1]!.Printed(run), most, run));
        }

        var (part, other) = (AsText(bound[0]!, run), AsText(bound[1]!, run));
        var text = part.IsMarkup || (other.IsMarkup && value is not TextValue { IsMarkup: true }) ? Html.Escape(value, run) : AsText(value, run);
        return text.With(TextSearch.Replace(text, Html.ArgumentOf(text, part, run), Html.ArgumentOf(text, other, run), most, run));
    }

    private static TextValue Format(TemplateValue value, CallArguments call, Rendering run)
    {
        if (call.Positional.Count > 0 && call.Named.Count > 0)
        {
            throw TemplateFault.Argument("can't handle positional and keyword arguments at the same time");
        }

        if (call.Named.Count == 0)
        {
            return PercentFormat.Apply(AsText(value, run), new TupleValue([.. call.Positional]), run);
        }

        var named = new DictionaryValue(run);
        foreach (var (name, given) in call.Named)
        {
            named.Set(new TextValue(name), given);
        }

        return PercentFormat.Apply(AsText(value, run), named, run);
    }

    private static TextValue Join(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("join", 0, "d", "attribute");
        var getter = Arguments.IsAbsent(bound[1]) ? null : AttributePath.Of(bound[1]!, run);
        var separator = bound[0] ?? TextValue.Empty;
        var into = new BoundedText(run.Budget);
        using var elements = value.Iterate(run);
        if (run.AutoEscape)
        {
            return JoinEscaped(elements, AsText(separator, run), getter, run);
        }

        var between = separator.Printed(run);
        for (var isFirst = true; elements.MoveNext(); isFirst = false)
        {
            run.Budget.Step();
            into.Append(isFirst ? "" : between);
            (getter is null ? elements.Current : getter.Get(elements.Current)).Print(into, run);
        }

        return new TextValue(into.ToString());
    }

    private static TextValue JoinEscaped(IEnumerator<TemplateValue> elements, TextValue separator, AttributePath? getter, Rendering run)
    {
        var parts = new List<TextValue>();
        while (elements.MoveNext())
        {
            run.Budget.Step();
            run.Budget.Memory(8);
            parts.Add(AsText(getter is null ? elements.Current : getter.Get(elements.Current), run));
        }

        var isMarkup = separator.IsMarkup || parts.Exists(part => part.IsMarkup);
        var into = new BoundedText(run.Budget);
        for (var i = 0; i < parts.Count; i++)
        {
            into.Append(i == 0 ? "" : isMarkup ? Html.Escape(separator, run).Text : separator.Text);
            into.Append(isMarkup ? Html.Escape(parts[i], run).Text : parts[i].Text);
        }

        return new TextValue(into.ToString(), isMarkup);
    }

    private static int Words(string text, Rendering run)
    {
        run.Budget.Characters(text.Length * 8L);
        var (count, inWord) = (0, false);
        foreach (var codePoint in PythonCharacters.CodePoints(text))
        {
            var isWord = PythonCharacters.IsWord(codePoint);
            count += isWord && !inWord ? 1 : 0;
            inWord = isWord;
        }

        return count;
    }
}
