namespace Gptx.Templates;

/// <summary>The functions that every template can call.</summary>
internal static class GlobalTable
{
    private static readonly Dictionary<string, TemplateValue> All = new(StringComparer.Ordinal)
    {
        ["range"] = new CallableValue("safe_range", RangeFunction.Call, "function"),
        ["dict"] = new CallableValue("dict", DictionaryFunction.Call, "type")
        {
            Members = name => name switch
            {
                "fromkeys" => new CallableValue("fromkeys of type object", DictionaryMethods.FromKeys),
                _ => null,
            },
        },
        ["namespace"] = new CallableValue("Namespace", NamespaceFunction.Call, "type"),
        ["cycler"] = new CallableValue("jinja2.utils.Cycler", CyclerValue.Make, "type"),
        ["joiner"] = new CallableValue("jinja2.utils.Joiner", JoinerValue.Make, "type"),
        ["lipsum"] = new CallableValue("generate_lorem_ipsum", LoremIpsum.Call, "function"),
        ["raise_exception"] = new CallableValue("raise_exception", Raise, "function"),
        ["strftime_now"] = new CallableValue("strftime_now", (call, run) => new TextValue(TimeFormat.Of(run.Clock.GetLocalNow(), Arguments.Text(call.Bind("strftime_now", 1, "format")[0], "", "strftime"), run)), "function"),
    };

    public static TemplateValue? Find(string name) => All.GetValueOrDefault(name);

    private static TemplateValue Raise(CallArguments call, Rendering run)
    {
        var message = call.Bind("raise_exception", 1, "message")[0]!;
        throw TemplateFault.Raised(message.Printed(run));
    }
}
