namespace Gptx.Templates;

/// <summary>A tuple; those that <c>groupby</c> makes have the names grouper and list.</summary>
internal sealed class TupleValue(List<TemplateValue> items, bool isGroup = false) : TemplateValue
{
    public static readonly TupleValue Empty = new([]);

    public List<TemplateValue> Items { get; } = items;

    public override string TypeName => isGroup ? "_GroupTuple" : "tuple";

    public static TupleValue Of(params ReadOnlySpan<TemplateValue> items) => new([.. items]);

    public override bool IsTrue(Rendering run) => Items.Count > 0;

    public override long? Length(Rendering run) => Items.Count;

    public override IEnumerator<TemplateValue> Elements(Rendering run) => Items.GetEnumerator();

    public override TemplateValue? Attribute(string name, Rendering run) => name switch
    {
        "grouper" when isGroup => Items[0],
        "list" when isGroup => Items[1],
        _ => TupleMethods.Find(this, name),
    };

    public override TemplateValue? Item(TemplateValue key, Rendering run) => key is SliceValue slice
        ? new TupleValue(slice.Of(Items, run))
        : Subscript.Of(Items, key);

    public override void Show(BoundedText into, Rendering run) => PythonText.ShowItems(into, "(", Items, Items.Count == 1 ? ",)" : ")", run);
}
