namespace Gptx.Templates;

/// <summary>Filters that apply a filter or a test to each element, when it is asked for.</summary>
internal static class SelectionFilters
{
    public static readonly Dictionary<string, TemplateFilter> All = new()
    {
        ["map"] = (value, call, run) => new IteratorValue(Map(value, call, run)),
        ["select"] = (value, call, run) => new IteratorValue(Select(value, call, keep: true, byAttribute: false, run)),
        ["reject"] = (value, call, run) => new IteratorValue(Select(value, call, keep: false, byAttribute: false, run)),
        ["selectattr"] = (value, call, run) => new IteratorValue(Select(value, call, keep: true, byAttribute: true, run)),
        ["rejectattr"] = (value, call, run) => new IteratorValue(Select(value, call, keep: false, byAttribute: true, run)),
    };

    private static IEnumerable<TemplateValue> Map(TemplateValue value, CallArguments call, Rendering run)
    {
        if (!value.IsTrue(run))
        {
            yield break;
        }

        var function = Mapper(call, run);
        using var elements = value.Iterate(run);
        while (elements.MoveNext())
        {
            run.Budget.Step();
            yield return function(elements.Current);
        }
    }

    private static Func<TemplateValue, TemplateValue> Mapper(CallArguments call, Rendering run)
    {
        var byName = call.Named.ToDictionary(StringComparer.Ordinal);
        if (call.Positional.Count == 0 && byName.TryGetValue("attribute", out var attribute))
        {
            var unexpected = call.Named.FirstOrDefault(named => named.Key is not ("attribute" or "default")).Key;
            return unexpected is null
                ? AttributePath.Of(attribute, run, byName.GetValueOrDefault("default")).Get
                : throw TemplateFault.Argument($"Unexpected keyword argument {PythonText.Quote(unexpected)}");
        }

        if (call.Positional.Count == 0)
        {
            throw TemplateFault.Argument("map requires a filter argument");
        }

        var name = call.Positional[0].Printed(run);
        var filter = FilterTable.Find(name) ?? throw TemplateFault.Failed("TemplateRuntimeError", $"No filter named {PythonText.Quote(name)}.");
        var arguments = call.Without(1);
        return item => filter(item, arguments, run);
    }

    private static IEnumerable<TemplateValue> Select(TemplateValue value, CallArguments call, bool keep, bool byAttribute, Rendering run)
    {
        if (!value.IsTrue(run))
        {
            yield break;
        }

        var holds = Predicate(call, byAttribute, run);
        using var elements = value.Iterate(run);
        while (elements.MoveNext())
        {
            run.Budget.Step();
            var item = elements.Current;
            if (holds(item) == keep)
            {
                yield return item;
            }
        }
    }

    private static Func<TemplateValue, bool> Predicate(CallArguments call, bool byAttribute, Rendering run)
    {
        if (byAttribute && call.Positional.Count == 0)
        {
            throw TemplateFault.Argument("Missing parameter for attribute name");
        }

        Func<TemplateValue, TemplateValue> part = byAttribute ? AttributePath.Of(call.Positional[0], run).Get : item => item;
        var offset = byAttribute ? 1 : 0;
        if (call.Positional.Count <= offset)
        {
            return item => part(item).IsTrue(run);
        }

        var name = call.Positional[offset].Printed(run);
        var test = TestTable.Find(name) ?? throw TemplateFault.Failed("TemplateRuntimeError", $"No test named {PythonText.Quote(name)}.");
        var arguments = call.Without(offset + 1);
        return item => test(part(item), arguments, run);
    }
}
