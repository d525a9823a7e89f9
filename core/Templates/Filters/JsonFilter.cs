namespace Gptx.Templates;

/// <summary>The filter <c>tojson</c> as transformers has it: Python's <c>json.dumps</c>, nothing escaped for HTML.</summary>
internal sealed class JsonFilter
{
    public static readonly Dictionary<string, TemplateFilter> All = new()
    {
        ["tojson"] = (value, call, run) => new TextValue(Write(value, call, run)),
    };

    private readonly BoundedText _into;
    private readonly Rendering _run;
    private readonly bool _isAscii;
    private readonly bool _sortKeys;
    private readonly string? _indent;
    private readonly string _itemSeparator;
    private readonly string _keySeparator;

    private JsonFilter(CallArguments call, Rendering run)
    {
        _run = run;
        _into = new BoundedText(run.Budget);
        var bound = call.Bind("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
        _isAscii = bound[0]?.IsTrue(run) ?? false;
        _sortKeys = bound[3]?.IsTrue(run) ?? false;
        _indent = bound[1] switch
        {
            null or NoneValue => null,
            TextValue text => text.Text,
            { } width => Spaces(Arguments.Integer(width, "tojson"), run),
        };
        (_itemSeparator, _keySeparator) = (_indent is null ? ", " : ",", ": ");
        if (!Arguments.IsAbsent(bound[2]))
        {
            var separators = Unpacking.Values(bound[2]!, 2, run);
            (_itemSeparator, _keySeparator) = (Arguments.Text(separators[0], "", "tojson"), Arguments.Text(separators[1], "", "tojson"));
        }
    }

    private static string Write(TemplateValue value, CallArguments call, Rendering run)
    {
        var writer = new JsonFilter(call, run);
        writer.Write(value, 0);
        return writer._into.ToString();
    }

    private static string Spaces(int width, Rendering run)
    {
        run.Budget.Text(Math.Max(width, 0));
        return new string(' ', Math.Max(width, 0));
    }

    private void Write(TemplateValue value, int level)
    {
        _run.Budget.Step();
        switch (value)
        {
            case TextValue text:
                WriteText(text.Text);
                break;
            case NoneValue:
                _into.Append("null");
                break;
            case BooleanValue boolean:
                _into.Append(boolean.Value ? "true" : "false");
                break;
            case IntegerValue integer:
                _into.Append(PythonNumbers.Digits(integer.Value));
                break;
            case FloatValue real:
                _into.Append(Number(real.Value));
                break;
            case ListValue list:
                WriteItems(list.Items, level);
                break;
            case TupleValue tuple:
                WriteItems(tuple.Items, level);
                break;
            case DictionaryValue dictionary:
                WritePairs(dictionary, level);
                break;
            default:
                throw TemplateFault.Type($"Object of type {value.TypeName} is not JSON serializable");
        }
    }

    private static string Number(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? (value > 0 ? "Infinity" : "-Infinity") : PythonNumbers.Shown(value);

    private void WriteItems(List<TemplateValue> items, int level)
    {
        if (items.Count == 0)
        {
            _into.Append("[]");
            return;
        }

        _run.Budget.Enter();
        _into.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            _into.Append(i > 0 ? _itemSeparator : "");
            NewLine(level + 1);
            Write(items[i], level + 1);
        }

        NewLine(level);
        _into.Append(']');
        _run.Budget.Leave();
    }

    private void WritePairs(DictionaryValue dictionary, int level)
    {
        if (dictionary.Pairs.Count == 0)
        {
            _into.Append("{}");
            return;
        }

        _run.Budget.Enter();
        _into.Append('{');
        var isFirst = true;
        foreach (var (key, value) in _sortKeys ? Sorted(dictionary) : dictionary.Pairs)
        {
            _into.Append(isFirst ? "" : _itemSeparator);
            isFirst = false;
            NewLine(level + 1);
            WriteText(Key(key));
            _into.Append(_keySeparator);
            Write(value, level + 1);
        }

        NewLine(level);
        _into.Append('}');
        _run.Budget.Leave();
    }

    private List<KeyValuePair<TemplateValue, TemplateValue>> Sorted(DictionaryValue dictionary)
    {
        var rows = dictionary.Pairs.ConvertAll(pair => (pair.Key, (TemplateValue)TupleValue.Of(pair.Key, pair.Value)));
        Ordering.Sort(rows, reverse: false, _run);
        return rows.ConvertAll(row => new KeyValuePair<TemplateValue, TemplateValue>(row.Key, ((TupleValue)row.Item2).Items[1]));
    }

    private static string Key(TemplateValue key) => key switch
    {
        TextValue text => text.Text,
        NoneValue => "null",
        BooleanValue boolean => boolean.Value ? "true" : "false",
        IntegerValue integer => PythonNumbers.Digits(integer.Value),
        FloatValue real => Number(real.Value),
        _ => throw TemplateFault.Type($"keys must be str, int, float, bool or None, not {key.TypeName}"),
    };

    private void NewLine(int level)
    {
        if (_indent is null)
        {
            return;
        }

        _into.Append('\n');
        for (var i = 0; i < level; i++)
        {
            _into.Append(_indent);
        }
    }

    private void WriteText(string text)
    {
        _into.Append('"');
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (Escape(text[i]) is { } escape)
            {
                _into.Append(text.AsSpan(from, i - from)).Append(escape);
                from = i + 1;
            }
        }

        _into.Append(text.AsSpan(from)).Append('"');
    }

    private string? Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\f' => "\\f",
        '\b' => "\\b",
        < ' ' => $"\\u{(int)character:x4}",
        > '~' when _isAscii => $"\\u{(int)character:x4}",
        _ => null,
    };
}
