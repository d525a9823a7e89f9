namespace Gptx.Templates;

/// <summary>Filters that compare elements; capitals and small letters count alike unless asked otherwise.</summary>
internal static class SortFilters
{
    public static readonly Dictionary<string, TemplateFilter> All = new()
    {
        ["sort"] = Sort,
        ["unique"] = (value, call, run) =>
        {
            var bound = call.Bind("unique", 0, "case_sensitive", "attribute");
            return new IteratorValue(Unique(value, Key(bound[1], bound[0]?.IsTrue(run) ?? false, missing: null, run), run));
        },
        ["min"] = (value, call, run) => Extreme(value, call, "min", run),
        ["max"] = (value, call, run) => Extreme(value, call, "max", run),
        ["groupby"] = GroupBy,
    };

    /// <summary>A text in small letters, any other value as it is.</summary>
    public static TemplateValue IgnoreCase(TemplateValue value, Rendering run)
    {
        if (value is not TextValue text)
        {
            return value;
        }

        run.Budget.Text(text.Text.Length);
        return text.With(PythonCase.Lower(text.Text));
    }

    private static Func<TemplateValue, TemplateValue> Key(TemplateValue? attribute, bool caseSensitive, TemplateValue? missing, Rendering run)
    {
        var path = AttributePath.Of(attribute ?? NoneValue.Instance, run, missing);
        return caseSensitive ? path.Get : value => IgnoreCase(path.Get(value), run);
    }

    private static ListValue Sort(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("sort", 0, "reverse", "case_sensitive", "attribute");
        var caseSensitive = bound[1]?.IsTrue(run) ?? false;
        var attributes = bound[2] is TextValue text ? [.. text.Text.Split(',').Select(part => new TextValue(part))] : new List<TemplateValue> { bound[2] ?? NoneValue.Instance };
        var keys = attributes.ConvertAll(attribute => Key(attribute, caseSensitive, missing: null, run));
        var rows = value.ToList(run).ConvertAll(item => ((TemplateValue)new ListValue(keys.ConvertAll(key => key(item))), item));
        Ordering.Sort(rows, bound[0]?.IsTrue(run) ?? false, run);
        return new ListValue(rows.ConvertAll(row => row.item));
    }

    private static IEnumerable<TemplateValue> Unique(TemplateValue value, Func<TemplateValue, TemplateValue> key, Rendering run)
    {
        var seen = new HashSet<TemplateValue>(run.Keys);
        using var elements = value.Iterate(run);
        while (elements.MoveNext())
        {
            run.Budget.Step();
            run.Budget.Memory(32);
            var item = elements.Current;
            if (seen.Add(key(item)))
            {
                yield return item;
            }
        }
    }

    private static TemplateValue Extreme(TemplateValue value, CallArguments call, string name, Rendering run)
    {
        var bound = call.Bind(name, 0, "case_sensitive", "attribute");
        var key = Key(bound[1], bound[0]?.IsTrue(run) ?? false, missing: null, run);
        using var elements = value.Iterate(run);
        if (!elements.MoveNext())
        {
            return new UndefinedValue("No aggregated item, sequence was empty.");
        }

        var best = elements.Current;
        var bestKey = key(best);
        while (elements.MoveNext())
        {
            var other = key(elements.Current);
            if (Ordering.Holds(name == "min" ? "<" : ">", other, bestKey, run))
            {
                (best, bestKey) = (elements.Current, other);
            }
        }

        return best;
    }

    private static ListValue GroupBy(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("groupby", 1, "attribute", "default", "case_sensitive");
        var caseSensitive = bound[2]?.IsTrue(run) ?? false;
        var key = Key(bound[0], caseSensitive, bound[1], run);
        var shown = Key(bound[0], caseSensitive: true, bound[1], run);
        var rows = value.ToList(run).ConvertAll(item => (key(item), item));
        Ordering.Sort(rows, reverse: false, run);
        var groups = new List<TemplateValue>();
        for (int start = 0, end; start < rows.Count; start = end)
        {
            end = start + 1;
            while (end < rows.Count && Equality.AreEqual(rows[start].Item1, rows[end].Item1, run))
            {
                end++;
            }

            run.Budget.List(end - start + 8);
            var members = rows.GetRange(start, end - start).ConvertAll(row => row.item);
            groups.Add(new TupleValue([caseSensitive ? rows[start].Item1 : shown(members[0]), new ListValue(members)], isGroup: true));
        }

        return new ListValue(groups);
    }
}
