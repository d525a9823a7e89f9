namespace Gptx.Templates;

/// <summary>What <c>joiner(', ')</c> gives: nothing at its first call, the separator at all others.</summary>
internal sealed class JoinerValue(TemplateValue separator) : TemplateValue
{
    private bool _used;

    public override string TypeName => "Joiner";

    public override bool IsCallable => true;

    public static TemplateValue Make(CallArguments call, Rendering run) => new JoinerValue(call.Bind("Joiner", 0, "sep")[0] ?? new TextValue(", "));

    public override TemplateValue? Attribute(string name, Rendering run) => name switch
    {
        "sep" => separator,
        "used" => BooleanValue.Of(_used),
        _ => null,
    };

    public override TemplateValue Call(CallArguments arguments, Rendering run)
    {
        arguments.Places("Joiner", 0, 0);
        if (_used)
        {
            return separator;
        }

        _used = true;
        return TextValue.Empty;
    }

    public override void Show(BoundedText into, Rendering run) => into.Append("<jinja2.utils.Joiner object>");
}
