namespace Gptx.Templates;

/// <summary>
/// <c>str.format</c> as the sandbox has it: fields in braces, <c>{0.name[key]!r:&gt;{width}}</c>, whose names are looked up as the template's own would be.
/// </summary>
internal sealed class BraceFormat(TextValue pattern, CallArguments arguments, DictionaryValue? mapping, Rendering run)
{
    private int _automatic;
    private bool _isManual;

    public TextValue Write() => pattern.With(Write(pattern.Text, depth: 2));

    private string Write(string text, int depth)
    {
        if (depth < 0)
        {
            throw TemplateFault.Value("Max string recursion exceeded");
        }

        var into = new BoundedText(run.Budget);
        var at = 0;
        while (at < text.Length)
        {
            var brace = text.AsSpan(at).IndexOfAny('{', '}');
            var end = brace < 0 ? text.Length : at + brace;
            into.Append(text.AsSpan(at, end - at));
            at = end;
            if (at >= text.Length)
            {
                break;
            }

            if (at + 1 < text.Length && text[at + 1] == text[at])
            {
                into.Append(text[at]);
                at += 2;
            }
            else if (text[at] == '}')
            {
                throw TemplateFault.Value("Single '}' encountered in format string");
            }
            else
            {
                var close = Closing(text, at + 1);
                into.Append(Field(text[(at + 1)..close], depth));
                at = close + 1;
            }
        }

        return into.ToString();
    }

    private static int Closing(string text, int start)
    {
        var depth = 1;
        var inBrackets = false;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '[' when depth == 1:
                    inBrackets = true;
                    break;
                case ']':
                    inBrackets = false;
                    break;
                case '{' when !inBrackets:
                    depth++;
                    break;
                case '}' when !inBrackets && --depth == 0:
                    return i;
            }
        }

        throw TemplateFault.Value(start >= text.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
    }

    private string Field(string field, int depth)
    {
        run.Budget.Step();
        var end = NameEnd(field);
        var name = field[..end];
        var conversion = '\0';
        if (end < field.Length && field[end] == '!')
        {
            if (end + 1 >= field.Length)
            {
                throw TemplateFault.Value("end of string while looking for conversion specifier");
            }

            conversion = field[end + 1];
            end += 2;
            if (end < field.Length && field[end] != ':')
            {
                throw TemplateFault.Value("expected ':' after conversion specifier");
            }
        }

        var spec = end < field.Length ? field[(end + 1)..] : "";
        var value = Converted(Find(name), conversion);
        spec = spec.Contains('{', StringComparison.Ordinal) || spec.Contains('}', StringComparison.Ordinal) ? Write(spec, depth - 1) : spec;
        var text = FormatSpec.Format(value, spec, run);
        return pattern.IsMarkup && value is not TextValue { IsMarkup: true } ? Html.Escaped(text, run) : text;
    }

    // The first : or ! outside brackets.
    private static int NameEnd(string field)
    {
        var inBrackets = false;
        for (var i = 0; i < field.Length; i++)
        {
            inBrackets = field[i] == '[' || (inBrackets && field[i] != ']');
            if (!inBrackets && field[i] is ':' or '!')
            {
                return i;
            }
        }

        return field.Length;
    }

    private TemplateValue Converted(TemplateValue value, char conversion) => conversion switch
    {
        '\0' => value,
        's' => new TextValue(value.Printed(run)),
        'r' => new TextValue(value.Shown(run)),
        'a' => new TextValue(TextFunctions.Ascii(value.Shown(run), run)),
        _ => throw TemplateFault.Value($"Unknown conversion specifier {conversion}"),
    };

    private TemplateValue Find(string name)
    {
        var end = name.AsSpan().IndexOfAny('.', '[');
        var first = end < 0 ? name : name[..end];
        var value = Argument(first);
        var at = first.Length;
        while (at < name.Length)
        {
            if (name[at] == '.')
            {
                var stop = name.AsSpan(at + 1).IndexOfAny('.', '[') is var found and >= 0 ? at + 1 + found : name.Length;
                value = Members.Attribute(value, NotEmpty(name[(at + 1)..stop]), run);
                at = stop;
            }
            else if (name[at] == '[')
            {
                var stop = name.IndexOf(']', at);
                if (stop < 0)
                {
                    throw TemplateFault.Value("Missing ']' in format string");
                }

                var key = NotEmpty(name[(at + 1)..stop]);
                value = Members.Item(value, key.All(char.IsAsciiDigit) ? IntegerValue.Of(PythonNumbers.ParseInteger(key) ?? 0) : new TextValue(key), run);
                at = stop + 1;
            }
            else
            {
                throw TemplateFault.Value("Only '.' or '[' may follow ']' in format field specifier");
            }
        }

        return value;
    }

    private static string NotEmpty(string name) => name.Length > 0 ? name : throw TemplateFault.Value("Empty attribute in format string");

    private TemplateValue Argument(string name)
    {
        if (name.Length == 0 || name.All(char.IsAsciiDigit))
        {
            if (name.Length == 0 ? _isManual : _automatic > 0)
            {
                throw TemplateFault.Value("cannot switch from manual field specification to automatic field numbering");
            }

            _isManual |= name.Length > 0;
            var index = name.Length == 0 ? _automatic++ : PythonNumbers.ParseInteger(name)!.Value;
            return index < arguments.Positional.Count ? arguments.Positional[(int)index] : throw TemplateFault.Index($"Replacement index {index} out of range for positional args tuple");
        }

        if (mapping is not null)
        {
            return mapping.Get(name) ?? throw TemplateFault.Key(PythonText.Quote(name));
        }

        foreach (var (given, value) in arguments.Named)
        {
            if (given == name)
            {
                return value;
            }
        }

        throw TemplateFault.Key(PythonText.Quote(name));
    }
}
