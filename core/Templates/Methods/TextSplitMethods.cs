namespace Gptx.Templates;

/// <summary>Methods that cut text, and <c>join</c>.</summary>
internal static class TextSplitMethods
{
    public static readonly Dictionary<string, ValueMethod<TextValue>> All = new()
    {
        ["split"] = (text, call, run) => Split(text, call, "split", run),
        ["rsplit"] = (text, call, run) => Split(text, call, "rsplit", run),
        ["splitlines"] = (text, call, run) => new ListValue(Lines(text, call.Bind("splitlines", 0, "keepends")[0]?.IsTrue(run) ?? false, run)),
        ["partition"] = (text, call, run) => Partition(text, call, "partition", run),
        ["rpartition"] = (text, call, run) => Partition(text, call, "rpartition", run),
        ["join"] = (text, call, run) => Join(text, call.Places("str.join", 1, 1)[0], run),
    };

    public static List<TemplateValue> Lines(TextValue text, bool keepEnds, Rendering run)
    {
        run.Budget.Text(text.Text.Length);
        var lines = new List<TemplateValue>();
        var (start, source) = (0, text.Text);
        for (var i = 0; i < source.Length; i++)
        {
            if (!PythonCharacters.IsLineBreak(source[i]))
            {
                continue;
            }

            var end = i;
            i += source[i] == '\r' && i + 1 < source.Length && source[i + 1] == '\n' ? 1 : 0;
            Add(lines, text, start, keepEnds ? i + 1 : end, run);
            start = i + 1;
        }

        if (start < source.Length)
        {
            Add(lines, text, start, source.Length, run);
        }

        return lines;
    }

    private static void Add(List<TemplateValue> parts, TextValue text, int start, int end, Rendering run)
    {
        run.Budget.Step();
        run.Budget.Memory(64);
        parts.Add(text.With(text.Text[start..end]));
    }

    private static ListValue Split(TextValue text, CallArguments call, string name, Rendering run)
    {
        var bound = call.Bind(name, 0, "sep", "maxsplit");
        var most = Arguments.Integer(bound[1], -1, name) is var given and >= 0 ? given : int.MaxValue;
        run.Budget.Text(text.Text.Length);
        if (Arguments.IsAbsent(bound[0]))
        {
            return new ListValue(name == "split" ? Words(text, most, run) : LastWords(text, most, run));
        }

        var separator = bound[0] is TextValue part ? Html.ArgumentOf(text, part, run) : throw TemplateFault.Type($"must be str or None, not {bound[0]!.TypeName}");
        if (separator.Length == 0)
        {
            throw TemplateFault.Value("empty separator");
        }

        var places = name == "split" ? TextSearch.All(text.Text, separator, most, run) : LastPlaces(text.Text, separator, most, run);
        var parts = new List<TemplateValue>();
        var start = 0;
        foreach (var place in places)
        {
            Add(parts, text, start, place, run);
            start = place + separator.Length;
        }

        Add(parts, text, start, text.Text.Length, run);
        return new ListValue(parts);
    }

    private static List<int> LastPlaces(string text, string separator, int most, Rendering run)
    {
        var places = new List<int>();
        var end = text.Length;
        while (places.Count < most && TextSearch.LastIndexOf(text, separator, 0, end, run) is var place and >= 0)
        {
            places.Add(place);
            end = place;
        }

        places.Reverse();
        return places;
    }

    private static List<TemplateValue> Words(TextValue text, int most, Rendering run)
    {
        var words = new List<TemplateValue>();
        var source = text.Text;
        var at = 0;
        while (true)
        {
            while (at < source.Length && PythonCharacters.IsSpace(source[at]))
            {
                at++;
            }

            if (at == source.Length)
            {
                return words;
            }

            var start = at;
            if (words.Count == most)
            {
                // What is left after the last split keeps the white space at its end.
                Add(words, text, start, source.Length, run);
                return words;
            }

            while (at < source.Length && !PythonCharacters.IsSpace(source[at]))
            {
                at++;
            }

            Add(words, text, start, at, run);
        }
    }

    private static List<TemplateValue> LastWords(TextValue text, int most, Rendering run)
    {
        var words = new List<TemplateValue>();
        var source = text.Text;
        var end = source.Length;
        while (true)
        {
            while (end > 0 && PythonCharacters.IsSpace(source[end - 1]))
            {
                end--;
            }

            if (end == 0)
            {
                break;
            }

            if (words.Count == most)
            {
                Add(words, text, 0, end, run);
                break;
            }

            var start = end;
            while (start > 0 && !PythonCharacters.IsSpace(source[start - 1]))
            {
                start--;
            }

            Add(words, text, start, end, run);
            end = start;
        }

        words.Reverse();
        return words;
    }

    private static TupleValue Partition(TextValue text, CallArguments call, string name, Rendering run)
    {
        var separator = call.Places($"str.{name}", 1, 1)[0] is TextValue part ? Html.ArgumentOf(text, part, run) : throw TemplateFault.Type("must be str");
        if (separator.Length == 0)
        {
            throw TemplateFault.Value("empty separator");
        }

        run.Budget.Text(text.Text.Length);
        var isLast = name == "rpartition";
        var place = isLast ? TextSearch.LastIndexOf(text.Text, separator, 0, text.Text.Length, run) : TextSearch.IndexOf(text.Text, separator, 0, run);
        if (place < 0)
        {
            return isLast ? TupleValue.Of(text.With(""), text.With(""), text) : TupleValue.Of(text, text.With(""), text.With(""));
        }

        return TupleValue.Of(text.With(text.Text[..place]), text.With(separator), text.With(text.Text[(place + separator.Length)..]));
    }

    private static TextValue Join(TextValue separator, TemplateValue items, Rendering run)
    {
        var into = new BoundedText(run.Budget);
        using var elements = items.Elements(run) ?? throw TemplateFault.Type("can only join an iterable");
        for (var i = 0; elements.MoveNext(); i++)
        {
            run.Budget.Step();
            if (elements.Current is not TextValue part)
            {
                throw TemplateFault.Type($"sequence item {i}: expected str instance, {elements.Current.TypeName} found");
            }

            into.Append(i > 0 ? separator.Text : "").Append(Html.ArgumentOf(separator, part, run));
        }

        return separator.With(into.ToString());
    }
}
