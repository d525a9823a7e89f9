namespace Gptx.Templates;

/// <summary>What a function of ours does with its arguments.</summary>
internal delegate TemplateValue TemplateFunction(CallArguments arguments, Rendering run);

/// <summary>A function that a template can call: a global, or a method bound to its value.</summary>
internal sealed class CallableValue(string name, TemplateFunction function, string typeName = "builtin_function_or_method") : TemplateValue
{
    public override string TypeName => typeName;

    public override bool IsCallable => true;

    /// <summary>What else it has by name: <c>dict.fromkeys</c>.</summary>
    public Func<string, TemplateValue?>? Members { get; init; }

    public override TemplateValue? Attribute(string attribute, Rendering run) => Members?.Invoke(attribute);

    public override TemplateValue Call(CallArguments arguments, Rendering run) => function(arguments, run);

    public override void Show(BoundedText into, Rendering run) => into.Append(typeName switch
    {
        "type" => $"<class '{name}'>",
        "function" => $"<function {name}>",
        _ => $"<built-in method {name}>",
    });
}
