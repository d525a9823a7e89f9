namespace Gptx.Templates;

/// <summary>What <c>keys()</c>, <c>values()</c> and <c>items()</c> give: it has a length and can be gone through, but has no indices.</summary>
internal sealed class DictionaryView(DictionaryValue dictionary, DictionaryPart part) : TemplateValue
{
    public DictionaryValue Dictionary { get; } = dictionary;

    public DictionaryPart Part { get; } = part;

    public override string TypeName => Part switch
    {
        DictionaryPart.Keys => "dict_keys",
        DictionaryPart.Values => "dict_values",
        _ => "dict_items",
    };

    public override bool IsTrue(Rendering run) => Dictionary.Pairs.Count > 0;

    public override long? Length(Rendering run) => Dictionary.Pairs.Count;

    public override IEnumerator<TemplateValue> Elements(Rendering run) => Values().GetEnumerator();

    public override void Show(BoundedText into, Rendering run) => PythonText.ShowItems(into.Append(TypeName), "([", [.. Values()], "])", run);

    private IEnumerable<TemplateValue> Values() => Dictionary.Pairs.Select(pair => Part switch
    {
        DictionaryPart.Keys => pair.Key,
        DictionaryPart.Values => pair.Value,
        _ => TupleValue.Of(pair.Key, pair.Value),
    });
}

/// <summary>Which part of each entry of a dictionary.</summary>
internal enum DictionaryPart
{
    Keys,
    Values,
    Items,
}
