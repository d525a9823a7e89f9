namespace Gptx.Templates;

/// <summary>A value taken apart into so many others: <c>for k, v in ...</c>, <c>set a, b = ...</c>.</summary>
internal static class Unpacking
{
    public static TemplateValue[] Values(TemplateValue value, int count, Rendering run)
    {
        using var elements = value.Elements(run) ?? throw TemplateFault.Type($"cannot unpack non-iterable {value.TypeName} object");
        var values = new TemplateValue[count];
        for (var i = 0; i < count; i++)
        {
            if (!elements.MoveNext())
            {
                throw TemplateFault.Value($"not enough values to unpack (expected {count}, got {i})");
            }

            values[i] = elements.Current;
        }

        return elements.MoveNext() ? throw TemplateFault.Value($"too many values to unpack (expected {count})") : values;
    }
}
