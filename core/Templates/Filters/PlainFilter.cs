namespace Gptx.Templates;

/// <summary>A filter without arguments.</summary>
internal static class PlainFilter
{
    public static TemplateFilter Of(string name, Func<TemplateValue, Rendering, TemplateValue> filter) => (value, call, run) =>
    {
        call.Places(name, 0, 0);
        return filter(value, run);
    };
}
