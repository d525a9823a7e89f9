namespace Gptx.Templates;

/// <summary>Filters that lay text out: in lines, in columns, cut to a length.</summary>
internal static class LayoutFilters
{
    public static readonly Dictionary<string, TemplateFilter> All = new()
    {
        ["center"] = (value, call, run) => TextPaddingMethods.Center(TextFilters.AsText(value, run), Arguments.Integer(call.Bind("center", 0, "width")[0], 80, "center"), run),
        ["indent"] = Indent,
        ["truncate"] = Truncate,
        ["wordwrap"] = WordWrap.Filter,
    };

    private static TextValue Indent(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("indent", 0, "width", "first", "blank");
        var text = value as TextValue ?? throw (value is UndefinedValue undefined ? undefined.Fault() : TemplateFault.Type($"unsupported operand type(s) for +=: '{value.TypeName}' and 'str'"));
        var indention = bound[0] is TextValue given ? Html.ArgumentOf(text, given, run) : Spaces(Arguments.Integer(bound[0], 4, "indent"), run);
        var first = bound[1]?.IsTrue(run) ?? false;
        var blank = bound[2]?.IsTrue(run) ?? false;
        var lines = TextSplitMethods.Lines(text.With(text.Text + "\n"), keepEnds: false, run);
        var into = new BoundedText(run.Budget);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = ((TextValue)lines[i]).Text;
            into.Append(i > 0 ? "\n" : "");
            if (i == 0 ? first : blank || line.Length > 0)
            {
                into.Append(indention);
            }

            into.Append(line);
        }

        return text.With(into.ToString());
    }

    private static string Spaces(int width, Rendering run)
    {
        run.Budget.Text(Math.Max(width, 0));
        return new string(' ', Math.Max(width, 0));
    }

    private static TemplateValue Truncate(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("truncate", 0, "length", "killwords", "end", "leeway");
        var length = Arguments.Integer(bound[0], 255, "truncate");
        var end = new TextValue(Arguments.Text(bound[2], "...", "truncate"));
        var leeway = Arguments.IsAbsent(bound[3]) ? 5 : Arguments.Integer(bound[3]!, "truncate");
        var mark = end.CodePointCount(run);
        if (length < mark || leeway < 0)
        {
            throw TemplateFault.Failed("AssertionError", length < mark ? $"expected length >= {mark}, got {length}" : $"expected leeway >= 0, got {leeway}");
        }

        if ((value.Length(run) ?? throw TemplateFault.Type($"object of type '{value.TypeName}' has no len()")) <= length + (long)leeway)
        {
            return value;
        }

        if (value is not TextValue text)
        {
            throw TemplateFault.Type($"can only concatenate {value.TypeName} (not \"str\") to {value.TypeName}");
        }

        var cut = text.Text[..text.UnitAt(length - mark, run)];
        if (!(bound[1]?.IsTrue(run) ?? false))
        {
            var space = cut.LastIndexOf(' ');
            cut = space < 0 ? cut : cut[..space];
        }

        run.Budget.Text(cut.Length + end.Text.Length);
        return text.With(cut + Html.ArgumentOf(text, end, run));
    }
}
