namespace Gptx.Templates;

/// <summary>Filters on dictionaries, and <c>attr</c>.</summary>
internal static class MappingFilters
{
    public static readonly Dictionary<string, TemplateFilter> All = new()
    {
        ["items"] = (value, call, run) =>
        {
            call.Places("items", 0, 0);
            return new IteratorValue(Items(value, run));
        },
        ["dictsort"] = Sort,
        ["attr"] = (value, call, run) =>
        {
            var name = call.Bind("attr", 1, "name")[0]!;
            return name is TextValue text ? Members.AttributeOnly(value, text.Text, run) : throw TemplateFault.Type("attribute name must be string, not '" + name.TypeName + "'");
        },
    };

    private static IEnumerable<TemplateValue> Items(TemplateValue value, Rendering run)
    {
        if (value is UndefinedValue)
        {
            yield break;
        }

        if (value is not DictionaryValue dictionary)
        {
            throw TemplateFault.Type("Can only get item pairs from a mapping.");
        }

        foreach (var (key, item) in dictionary.Pairs)
        {
            run.Budget.Memory(80);
            yield return TupleValue.Of(key, item);
        }
    }

    private static ListValue Sort(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("dictsort", 0, "case_sensitive", "by", "reverse");
        var caseSensitive = bound[0]?.IsTrue(run) ?? false;
        var by = Arguments.Text(bound[1], "key", "dictsort");
        if (by is not ("key" or "value"))
        {
            throw TemplateFault.Argument("You can only sort by either \"key\" or \"value\"");
        }

        if (value is not DictionaryValue dictionary)
        {
            throw value is UndefinedValue undefined ? undefined.Fault() : TemplateFault.Failed("AttributeError", $"'{value.TypeName}' object has no attribute 'items'");
        }

        var rows = dictionary.Pairs.ConvertAll(pair =>
        {
            var key = by == "key" ? pair.Key : pair.Value;
            return (caseSensitive ? key : SortFilters.IgnoreCase(key, run), (TemplateValue)TupleValue.Of(pair.Key, pair.Value));
        });
        Ordering.Sort(rows, bound[2]?.IsTrue(run) ?? false, run);
        return new ListValue(rows.ConvertAll(row => row.Item2));
    }
}
