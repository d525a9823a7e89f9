namespace Gptx.Templates;

/// <summary>What <c>cycler(a, b)</c> gives: one after the other, and again.</summary>
internal sealed class CyclerValue(TupleValue items) : TemplateValue
{
    private int _position;

    public override string TypeName => "Cycler";

    public static TemplateValue Make(CallArguments call, Rendering run)
    {
        var items = call.Places("Cycler", 0, int.MaxValue);
        return items.Count == 0 ? throw TemplateFault.Failed("RuntimeError", "at least one item has to be provided") : new CyclerValue(new TupleValue([.. items]));
    }

    public override TemplateValue? Attribute(string name, Rendering run) => name switch
    {
        "current" => items.Items[_position],
        "items" => items,
        "pos" => IntegerValue.Of(_position),
        "next" => new CallableValue("next of Cycler object", (call, _) => Next(call)),
        "reset" => new CallableValue("reset of Cycler object", (call, _) => Reset(call)),
        _ => null,
    };

    public override void Show(BoundedText into, Rendering run) => into.Append("<jinja2.utils.Cycler object>");

    private TemplateValue Next(CallArguments call)
    {
        call.Places("next", 0, 0);
        var current = items.Items[_position];
        _position = (_position + 1) % items.Items.Count;
        return current;
    }

    private NoneValue Reset(CallArguments call)
    {
        call.Places("reset", 0, 0);
        _position = 0;
        return NoneValue.Instance;
    }
}
