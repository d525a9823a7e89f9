namespace Gptx.Templates;

/// <summary>True or False; as a number 1 or 0.</summary>
internal sealed class BooleanValue : TemplateValue
{
    public static readonly BooleanValue True = new(value: true);
    public static readonly BooleanValue False = new(value: false);

    private BooleanValue(bool value) => Value = value;

    public bool Value { get; }

    public override string TypeName => "bool";

    public static BooleanValue Of(bool value) => value ? True : False;

    public override bool IsTrue(Rendering run) => Value;

    public override TemplateValue? Attribute(string name, Rendering run) => IntegerMethods.Find(this, Value ? 1 : 0, name);

    public override void Show(BoundedText into, Rendering run) => into.Append(Value ? "True" : "False");
}
