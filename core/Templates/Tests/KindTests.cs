namespace Gptx.Templates;

/// <summary>Tests that ask what kind of value it is.</summary>
internal static class KindTests
{
    public static readonly Dictionary<string, TemplateTest> All = new()
    {
        ["defined"] = Kind(value => value is not UndefinedValue),
        ["undefined"] = Kind(value => value is UndefinedValue),
        ["none"] = Kind(value => value is NoneValue),
        ["boolean"] = Kind(value => value is BooleanValue),
        ["true"] = Kind(value => value is BooleanValue { Value: true }),
        ["false"] = Kind(value => value is BooleanValue { Value: false }),
        ["integer"] = Kind(value => value is IntegerValue),
        ["float"] = Kind(value => value is FloatValue),
        ["number"] = Kind(value => value is IntegerValue or FloatValue or BooleanValue),
        ["string"] = Kind(value => value is TextValue),
        ["mapping"] = Kind(value => value is DictionaryValue),
        ["callable"] = Kind(value => value.IsCallable),
        ["escaped"] = Kind(value => value is TextValue { IsMarkup: true }),
        ["iterable"] = (value, call, run) => Asked(call) && Iterates(value, run),
        ["sequence"] = (value, call, run) => Asked(call) && value is not (DictionaryView or LoopValue) && value.Length(run) is not null,
    };

    private static bool Iterates(TemplateValue value, Rendering run)
    {
        if (value is IteratorValue)
        {
            return true;
        }

        using var elements = value.Elements(run);
        return elements is not null;
    }

    private static TemplateTest Kind(Func<TemplateValue, bool> holds) => (value, call, _) => Asked(call) && holds(value);

    private static bool Asked(CallArguments call) => call.Places("test", 0, 0).Count == 0;
}
