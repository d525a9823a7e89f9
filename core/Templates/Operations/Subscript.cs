namespace Gptx.Templates;

/// <summary>Indices into sequences: negative ones count from the end, and True is 1.</summary>
internal static class Subscript
{
    public static long? Index(TemplateValue key, long count)
    {
        if (PythonMath.Integer(key) is not { } index)
        {
            return null;
        }

        var place = index.Sign < 0 ? index + count : index;
        return place >= 0 && place < count ? (long)place : null;
    }

    public static TemplateValue? Of(List<TemplateValue> items, TemplateValue key) => Index(key, items.Count) is { } index ? items[(int)index] : null;
}
