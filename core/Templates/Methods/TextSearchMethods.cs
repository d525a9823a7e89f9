namespace Gptx.Templates;

/// <summary>Methods that look for a text in another, or take it away.</summary>
internal static class TextSearchMethods
{
    public static readonly Dictionary<string, ValueMethod<TextValue>> All = new()
    {
        ["find"] = (text, call, run) => Find(text, call, "find", run),
        ["rfind"] = (text, call, run) => Find(text, call, "rfind", run),
        ["index"] = (text, call, run) => Index(text, call, "index", run),
        ["rindex"] = (text, call, run) => Index(text, call, "rindex", run),
        ["count"] = Count,
        ["startswith"] = (text, call, run) => BooleanValue.Of(Touches(text, call, "startswith", run)),
        ["endswith"] = (text, call, run) => BooleanValue.Of(Touches(text, call, "endswith", run)),
        ["replace"] = Replace,
        ["removeprefix"] = (text, call, run) =>
        {
            var prefix = Html.ArgumentOf(text, Part(call.Places("str.removeprefix", 1, 1)[0], "removeprefix"), run);
            return text.Text.StartsWith(prefix, StringComparison.Ordinal) ? text.With(text.Text[prefix.Length..]) : text;
        },
        ["removesuffix"] = (text, call, run) =>
        {
            var suffix = Html.ArgumentOf(text, Part(call.Places("str.removesuffix", 1, 1)[0], "removesuffix"), run);
            return suffix.Length > 0 && text.Text.EndsWith(suffix, StringComparison.Ordinal) ? text.With(text.Text[..^suffix.Length]) : text;
        },
        ["strip"] = (text, call, run) => Strip(text, call, atStart: true, atEnd: true, "strip", run),
        ["lstrip"] = (text, call, run) => Strip(text, call, atStart: true, atEnd: false, "lstrip", run),
        ["rstrip"] = (text, call, run) => Strip(text, call, atStart: false, atEnd: true, "rstrip", run),
        ["translate"] = Translate,
    };

    /// <summary>Takes white space, or any of the characters given, from the ends.</summary>
    public static TextValue Strip(TextValue text, string? characters, bool atStart, bool atEnd, Rendering run)
    {
        run.Budget.Characters(text.Text.Length);
        HashSet<int>? set = characters is null ? null : [.. PythonCharacters.CodePoints(characters)];
        var (start, end) = (0, text.Text.Length);
        while (atStart && start < end && Length(text.Text, start, end) is var length && Goes(text.Text, start, length, set))
        {
            start += length;
        }

        while (atEnd && start < end)
        {
            var length = end - start > 1 && char.IsLowSurrogate(text.Text[end - 1]) && char.IsHighSurrogate(text.Text[end - 2]) ? 2 : 1;
            if (!Goes(text.Text, end - length, length, set))
            {
                break;
            }

            end -= length;
        }

        return start == 0 && end == text.Text.Length ? text : text.With(text.Text[start..end]);
    }

    private static int Length(string text, int start, int end) => end - start > 1 && char.IsSurrogatePair(text[start], text[start + 1]) ? 2 : 1;

    private static bool Goes(string text, int at, int length, HashSet<int>? set) => set is null
        ? PythonCharacters.IsSpace(text[at])
        : set.Contains(length == 2 ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at]);

    private static TextValue Part(TemplateValue value, string name) => value switch
    {
        TextValue text => text,
        UndefinedValue undefined => throw undefined.Fault(),
        _ => throw TemplateFault.Type($"{name}: must be str, not {value.TypeName}"),
    };

    private static IntegerValue Find(TextValue text, CallArguments call, string name, Rendering run)
    {
        var given = call.Places(name, 1, 3);
        var part = Part(given[0], name).Text;
        var count = text.CodePointCount(run);
        var (start, end) = SequenceMethods.Bounds(given, 1, count);
        if (start > end || IsBeyond(given, count))
        {
            return IntegerValue.Of(-1);
        }

        var (from, to) = (text.UnitAt(start, run), text.UnitAt(end, run));
        int place;
        if (part.Length == 0)
        {
            place = name[0] == 'r' ? to : from;
        }
        else
        {
            place = name[0] == 'r' ? TextSearch.LastIndexOf(text.Text, part, from, to, run) : TextSearch.IndexOf(text.Text[..to], part, from, run);
        }

        return IntegerValue.Of(place < 0 ? -1 : text.CodePointAt(place, run));
    }

    private static bool IsBeyond(IReadOnlyList<TemplateValue> given, int count) => given.Count > 1 && PythonMath.Integer(given[1]) is { } start && start > count;

    private static IntegerValue Index(TextValue text, CallArguments call, string name, Rendering run)
    {
        var place = Find(text, call, name == "index" ? "find" : "rfind", run);
        return place.Value.Sign < 0 ? throw TemplateFault.Value("substring not found") : place;
    }

    private static IntegerValue Count(TextValue text, CallArguments call, Rendering run)
    {
        var given = call.Places("count", 1, 3);
        var part = Part(given[0], "count").Text;
        var length = text.CodePointCount(run);
        var (start, end) = SequenceMethods.Bounds(given, 1, length);
        if (start > end || IsBeyond(given, length))
        {
            return IntegerValue.Of(0);
        }

        return IntegerValue.Of(part.Length == 0
            ? end - start + 1
            : TextSearch.All(text.Text[text.UnitAt(start, run)..text.UnitAt(end, run)], part, int.MaxValue, run).Count);
    }

    private static bool Touches(TextValue text, CallArguments call, string name, Rendering run)
    {
        var given = call.Places(name, 1, 3);
        var length = text.CodePointCount(run);
        var (start, end) = SequenceMethods.Bounds(given, 1, length);
        if (start > end || IsBeyond(given, length))
        {
            return false;
        }

        var part = start == 0 && end == length ? text.Text : text.Text[text.UnitAt(start, run)..text.UnitAt(end, run)];
        bool Fits(TemplateValue value) => value switch
        {
            TextValue wanted when name == "startswith" => part.StartsWith(wanted.Text, StringComparison.Ordinal),
            TextValue wanted => part.EndsWith(wanted.Text, StringComparison.Ordinal),
            UndefinedValue undefined => throw undefined.Fault(),
            _ => throw TemplateFault.Type($"{name} first arg must be str or a tuple of str, not {value.TypeName}"),
        };
        return given[0] is TupleValue tuple ? tuple.Items.Exists(Fits) : Fits(given[0]);
    }

    private static TextValue Replace(TextValue text, CallArguments call, Rendering run)
    {
        var bound = call.Bind("replace", 2, "old", "new", "count");
        var count = Arguments.Integer(bound[2], -1, "replace");
        var (part, other) = (Html.ArgumentOf(text, Part(bound[0]!, "replace"), run), Html.ArgumentOf(text, Part(bound[1]!, "replace"), run));
        return text.With(TextSearch.Replace(text, part, other, count < 0 ? long.MaxValue : count, run));
    }

    private static TextValue Strip(TextValue text, CallArguments call, bool atStart, bool atEnd, string name, Rendering run)
    {
        var given = call.Places(name, 0, 1);
        return given.Count == 0 || given[0] is NoneValue
            ? Strip(text, characters: null, atStart, atEnd, run)
            : Strip(text, Part(given[0], name).Text, atStart, atEnd, run);
    }

    private static TextValue Translate(TextValue text, CallArguments call, Rendering run)
    {
        var table = call.Places("translate", 1, 1)[0];
        var into = new BoundedText(run.Budget);
        foreach (var codePoint in PythonCharacters.CodePoints(text.Text))
        {
            run.Budget.Step();
            switch (table.Item(IntegerValue.Of(codePoint), run))
            {
                case NoneValue:
                    break;
                case TextValue other:
                    into.Append(other.Text);
                    break;
                case { } code when PythonMath.Integer(code) is { } number && number >= 0 && number <= 0x10FFFF:
                    into.Append(CodePointText((int)number));
                    break;
                case null:
                    into.Append(CodePointText(codePoint));
                    break;
                default:
                    throw TemplateFault.Type("character mapping must return integer, None or str");
            }
        }

        return text.With(into.ToString());
    }

    private static string CodePointText(int codePoint) => codePoint > 0xFFFF ? char.ConvertFromUtf32(codePoint) : ((char)codePoint).ToString();
}
