namespace Gptx.Templates;

/// <summary>The filter <c>pprint</c>: as Python's <c>pprint.pformat</c>, 80 columns wide, keys in order.</summary>
internal sealed class PrettyText
{
    private const int Width = 80;
    private readonly BoundedText _into;
    private readonly Rendering _run;

    private PrettyText(Rendering run)
    {
        _run = run;
        _into = new BoundedText(run.Budget);
    }

    public static string Of(TemplateValue value, Rendering run)
    {
        var pretty = new PrettyText(run);
        pretty.Write(value, 0, 0, 0);
        return pretty._into.ToString();
    }

    private void Write(TemplateValue value, int indent, int allowance, int level)
    {
        _run.Budget.Enter();
        var shown = Shown(value);
        if (Count(shown) <= Width - indent - allowance)
        {
            _into.Append(shown);
        }
        else
        {
            WriteLong(value, shown, indent, allowance, level + 1);
        }

        _run.Budget.Leave();
    }

    private void WriteLong(TemplateValue value, string shown, int indent, int allowance, int level)
    {
        switch (value)
        {
            case DictionaryValue dictionary:
                _into.Append('{');
                WritePairs(Sorted(dictionary), indent + 1, allowance + 1, level);
                _into.Append('}');
                break;
            case ListValue list:
                _into.Append('[');
                WriteItems(list.Items, indent + 1, allowance + 1, level);
                _into.Append(']');
                break;
            case TupleValue { TypeName: "tuple" } tuple:
                var end = tuple.Items.Count == 1 ? ",)" : ")";
                _into.Append('(');
                WriteItems(tuple.Items, indent + 1, allowance + end.Length, level);
                _into.Append(end);
                break;
            case TextValue { IsMarkup: false, Text.Length: > 0 } text:
                WriteText(text, indent, allowance, level);
                break;
            default:
                _into.Append(shown);
                break;
        }
    }

    private void WritePairs(List<KeyValuePair<TemplateValue, TemplateValue>> pairs, int indent, int allowance, int level)
    {
        for (var i = 0; i < pairs.Count; i++)
        {
            var key = Shown(pairs[i].Key);
            _into.Append(key).Append(": ");
            Write(pairs[i].Value, indent + Count(key) + 2, i == pairs.Count - 1 ? allowance : 1, level);
            Separate(i, pairs.Count, indent);
        }
    }

    private void WriteItems(List<TemplateValue> items, int indent, int allowance, int level)
    {
        for (var i = 0; i < items.Count; i++)
        {
            Write(items[i], indent, i == items.Count - 1 ? allowance : 1, level);
            Separate(i, items.Count, indent);
        }
    }

    private void Separate(int i, int count, int indent)
    {
        if (i < count - 1)
        {
            _into.Append(",\n").Append(' ', indent);
        }
    }

    private void WriteText(TextValue text, int indent, int allowance, int level)
    {
        if (level == 1)
        {
            indent++;
            allowance++;
        }

        var width = Width - indent;
        var chunks = new List<string>();
        var lines = TextSplitMethods.Lines(text, keepEnds: true, _run);
        for (var i = 0; i < lines.Count; i++)
        {
            var isLast = i == lines.Count - 1;
            var shown = Shown(lines[i]);
            if (Count(shown) <= width - (isLast ? allowance : 0))
            {
                chunks.Add(shown);
            }
            else
            {
                AddWords(chunks, ((TextValue)lines[i]).Text, width, isLast ? allowance : 0);
            }
        }

        if (chunks.Count == 1)
        {
            _into.Append(chunks[0]);
            return;
        }

        _into.Append(level == 1 ? "(" : "");
        for (var i = 0; i < chunks.Count; i++)
        {
            if (i > 0)
            {
                _into.Append('\n').Append(' ', indent);
            }

            _into.Append(chunks[i]);
        }

        _into.Append(level == 1 ? ")" : "");
    }

    private void AddWords(List<string> chunks, string line, int width, int allowance)
    {
        var current = "";
        for (int start = 0, end; start < line.Length; start = end)
        {
            end = start;
            while (end < line.Length && !PythonCharacters.IsSpace(line[end]))
            {
                end++;
            }

            while (end < line.Length && PythonCharacters.IsSpace(line[end]))
            {
                end++;
            }

            var candidate = current + line[start..end];
            if (Count(PythonShown(candidate)) > width - (end == line.Length ? allowance : 0))
            {
                if (current.Length > 0)
                {
                    chunks.Add(PythonShown(current));
                }

                current = line[start..end];
            }
            else
            {
                current = candidate;
            }
        }

        if (current.Length > 0)
        {
            chunks.Add(PythonShown(current));
        }
    }

    private string PythonShown(string text) => new TextValue(text).Shown(_run);

    private int Count(string text) => new TextValue(text).CodePointCount(_run);

    private string Shown(TemplateValue value)
    {
        _run.Budget.Step();
        switch (value)
        {
            case DictionaryValue dictionary:
                _run.Budget.Enter();
                var pairs = string.Join(", ", Sorted(dictionary).Select(pair => Shown(pair.Key) + ": " + Shown(pair.Value)));
                _run.Budget.Leave();
                return Charged("{" + pairs + "}");
            case ListValue list:
                return Charged("[" + Joined(list.Items) + "]");
            case TupleValue { TypeName: "tuple" } tuple:
                return Charged("(" + Joined(tuple.Items) + (tuple.Items.Count == 1 ? ",)" : ")"));
            default:
                return value.Shown(_run);
        }
    }

    private string Joined(List<TemplateValue> items)
    {
        _run.Budget.Enter();
        var joined = string.Join(", ", items.Select(Shown));
        _run.Budget.Leave();
        return joined;
    }

    private string Charged(string text)
    {
        _run.Budget.Text(text.Length);
        return text;
    }

    private List<KeyValuePair<TemplateValue, TemplateValue>> Sorted(DictionaryValue dictionary)
    {
        var rows = dictionary.Pairs.ConvertAll(pair => (pair.Key, (TemplateValue)TupleValue.Of(pair.Key, pair.Value)));
        if (rows.TrueForAll(row => row.Key is TextValue) || rows.TrueForAll(row => PythonMath.IsNumber(row.Key, out _)))
        {
            Ordering.Sort(rows, reverse: false, _run);
        }

        return rows.ConvertAll(row => new KeyValuePair<TemplateValue, TemplateValue>(((TupleValue)row.Item2).Items[0], ((TupleValue)row.Item2).Items[1]));
    }
}
