namespace Gptx.Templates;

/// <summary>
/// What a name, attribute or element that is not there gives: nothing when printed, false, empty; an error when anything else is done with it.
/// </summary>
internal sealed class UndefinedValue(string message, bool isForbidden = false) : TemplateValue
{
    public override string TypeName => "Undefined";

    public static UndefinedValue Name(string name) => new($"'{name}' is undefined");

    public static UndefinedValue AttributeOf(TemplateValue value, string name) => new($"'{Described(value)}' has no attribute {PythonText.Quote(name)}");

    public static UndefinedValue ElementOf(TemplateValue value, TemplateValue key, Rendering run) => key is TextValue name
        ? AttributeOf(value, name.Text)
        : new UndefinedValue($"{Described(value)} has no element {PythonText.Short(key, run)}");

    /// <summary>What Python has there and the sandbox does not give out.</summary>
    public static UndefinedValue Unsafe(TemplateValue value, string name) => new($"access to attribute {PythonText.Quote(name)} of '{value.TypeName}' object is unsafe.", isForbidden: true);

    public TemplateFault Fault() => isForbidden ? TemplateFault.Failed("SecurityError", message) : TemplateFault.Undefined(message);

    public override bool IsTrue(Rendering run) => false;

    public override long? Length(Rendering run) => 0;

    public override IEnumerator<TemplateValue> Elements(Rendering run) => Enumerable.Empty<TemplateValue>().GetEnumerator();

    public override TemplateValue? Attribute(string name, Rendering run) => throw Fault();

    public override TemplateValue? Item(TemplateValue key, Rendering run) => throw Fault();

    public override TemplateValue Call(CallArguments arguments, Rendering run) => throw Fault();

    public override bool IsCallable => true;

    public override void Print(BoundedText into, Rendering run)
    {
    }

    public override void Show(BoundedText into, Rendering run) => into.Append("Undefined");

    private static string Described(TemplateValue value) => value is NoneValue ? "None" : $"{value.TypeName} object";
}
