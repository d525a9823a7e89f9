namespace Gptx.Templates;

/// <summary>A list. Nothing in a template can change it.</summary>
internal sealed class ListValue(List<TemplateValue> items) : TemplateValue
{
    public List<TemplateValue> Items { get; } = items;

    public override string TypeName => "list";

    public override bool IsHashable => false;

    public override bool IsTrue(Rendering run) => Items.Count > 0;

    public override long? Length(Rendering run) => Items.Count;

    public override IEnumerator<TemplateValue> Elements(Rendering run) => Items.GetEnumerator();

    public override TemplateValue? Attribute(string name, Rendering run) => ListMethods.Find(this, name);

    public override TemplateValue? Item(TemplateValue key, Rendering run) => key is SliceValue slice
        ? new ListValue(slice.Of(Items, run))
        : Subscript.Of(Items, key);

    public override void Show(BoundedText into, Rendering run) => PythonText.ShowItems(into, "[", Items, "]", run);
}
