namespace Gptx.Templates;

/// <summary><c>{% block name %}</c>: written in place, and again by <c>self.name()</c>. It sees what was set outside of loops.</summary>
internal sealed class BlockStatement(string name, List<Statement> body, bool isScoped, bool isRequired) : Statement
{
    public TextValue Render(Rendering run)
    {
        run.Budget.Enter();
        var text = run.CaptureText(body, new Scope(run.Root));
        run.Budget.Leave();
        return text;
    }

    protected override Flow Execute(Scope scope, Rendering run)
    {
        if (isRequired)
        {
            throw TemplateFault.Failed("TemplateRuntimeError", $"Required block {PythonText.Quote(name)} not found");
        }

        run.Budget.Enter();
        Execute(body, new Scope(isScoped ? scope : run.Root), run);
        run.Budget.Leave();
        return Flow.Next;
    }
}

/// <summary><c>self</c>: the template's blocks, to be called.</summary>
internal sealed class SelfValue : TemplateValue
{
    public static readonly SelfValue Instance = new();

    private SelfValue()
    {
    }

    public override string TypeName => "TemplateReference";

    public override TemplateValue? Item(TemplateValue key, Rendering run)
    {
        if (key is not TextValue name || !run.Blocks.TryGetValue(name.Text, out var block))
        {
            return null;
        }

        return new CallableValue(name.Text, (arguments, rendering) => arguments.Places(name.Text, 0, 0).Count == 0 ? block.Render(rendering) : TextValue.Empty, "BlockReference");
    }

    public override void Show(BoundedText into, Rendering run) => into.Append("<TemplateReference None>");
}

/// <summary><c>{% generation %}</c>: what the assistant said; where it lies in the text is kept. What is set inside is not seen outside.</summary>
internal sealed class GenerationStatement(List<Statement> body) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run)
    {
        run.Budget.Enter();
        var text = run.Capture(body, new Scope(scope), out _);
        run.Budget.Leave();
        run.Spans.Add(new GeneratedSpan(run.Whole.Length, text.Length, run.Whole.CodePoints, text.Length - OutputText.LowSurrogates(text)));
        run.Output.Write(text);
        return Flow.Next;
    }
}
