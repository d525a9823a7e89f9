namespace Gptx.Templates;

/// <summary>
/// What yields its elements once, when they are asked for: <c>map</c>, <c>select</c>, <c>reverse</c> and others give it. It has no length and is never empty to an <c>if</c>.
/// </summary>
internal sealed class IteratorValue(IEnumerable<TemplateValue> elements, string typeName = "generator") : TemplateValue
{
    private readonly Lazy<IEnumerator<TemplateValue>> _elements = new(elements.GetEnumerator, LazyThreadSafetyMode.None);
    private bool _isRunning;

    public override string TypeName => typeName;

    public override IEnumerator<TemplateValue> Elements(Rendering run) => Rest().GetEnumerator();

    public override TemplateValue? Attribute(string name, Rendering run) => name is "gi_frame" or "gi_code" && typeName == "generator" ? UndefinedValue.Unsafe(this, name) : null;

    public override void Show(BoundedText into, Rendering run) => into.Append($"<{typeName} object>");

    private IEnumerable<TemplateValue> Rest()
    {
        while (Next())
        {
            yield return _elements.Value.Current;
        }
    }

    private bool Next()
    {
        if (_isRunning)
        {
            throw TemplateFault.Value("generator already executing");
        }

        _isRunning = true;
        var hasNext = _elements.Value.MoveNext();
        _isRunning = false;
        return hasNext;
    }
}
