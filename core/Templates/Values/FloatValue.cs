namespace Gptx.Templates;

/// <summary>A floating-point number of 64 bits.</summary>
internal sealed class FloatValue(double value) : TemplateValue
{
    public double Value { get; } = value;

    public override string TypeName => "float";

    public override bool IsTrue(Rendering run) => Value != 0;

    public override TemplateValue? Attribute(string name, Rendering run) => FloatMethods.Find(this, name);

    public override void Show(BoundedText into, Rendering run) => into.Append(PythonNumbers.Shown(Value));
}
