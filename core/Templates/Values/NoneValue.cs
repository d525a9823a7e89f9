namespace Gptx.Templates;

/// <summary>Python's None, JSON's null.</summary>
internal sealed class NoneValue : TemplateValue
{
    public static readonly NoneValue Instance = new();

    private NoneValue()
    {
    }

    public override string TypeName => "NoneType";

    public override bool IsTrue(Rendering run) => false;

    public override void Show(BoundedText into, Rendering run) => into.Append("None");
}
