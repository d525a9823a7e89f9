namespace Gptx.Templates;

/// <summary>Where a loop goes on after a statement.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}

/// <summary>A part of a template that does something.</summary>
internal abstract class Statement
{
    public required int Line { get; init; }

    public static Flow Execute(IReadOnlyList<Statement> body, Scope scope, Rendering run)
    {
        for (var i = 0; i < body.Count; i++)
        {
            run.Budget.Step();
            run.Line = body[i].Line;
            if (body[i].Execute(scope, run) is var flow && flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    protected abstract Flow Execute(Scope scope, Rendering run);
}

/// <summary>Text that is written as it is.</summary>
internal sealed class DataStatement(string text) : Statement
{
    public string Text { get; } = text;

    protected override Flow Execute(Scope scope, Rendering run)
    {
        run.Output.Write(Text);
        return Flow.Next;
    }
}

/// <summary><c>{{ value }}</c>.</summary>
internal sealed class PrintStatement(Expression value) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run)
    {
        run.Write(value.Evaluate(scope, run));
        return Flow.Next;
    }
}

/// <summary><c>{% if %}</c> with its <c>elif</c> and <c>else</c>.</summary>
internal sealed class IfStatement(List<KeyValuePair<Expression, List<Statement>>> branches, List<Statement> otherwise) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run)
    {
        run.Budget.CheckStack();
        foreach (var (test, body) in branches)
        {
            if (test.Evaluate(scope, run).IsTrue(run))
            {
                return Execute(body, scope, run);
            }
        }

        return Execute(otherwise, scope, run);
    }
}

/// <summary><c>{% break %}</c> or <c>{% continue %}</c>.</summary>
internal sealed class JumpStatement(Flow flow) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run) => flow;
}

/// <summary><c>{% set a = value %}</c>.</summary>
internal sealed class SetStatement(Target target, Expression value) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run)
    {
        target.Assign(value.Evaluate(scope, run), scope, run);
        return Flow.Next;
    }
}

/// <summary><c>{% set a %}...{% endset %}</c>: what is written inside, filtered where a filter is named.</summary>
internal sealed class SetBlock(Target target, FilterExpression? filter, List<Statement> body) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run)
    {
        run.Budget.CheckStack();
        var inner = new Scope(scope);
        var collected = new TextValue(run.Capture(body, inner, out var flow), run.AutoEscape);
        if (flow == Flow.Next)
        {
            target.Assign(filter is null ? collected : filter.Apply(collected, inner, run), scope, run);
        }

        return flow;
    }
}

/// <summary><c>{% filter name %}...{% endfilter %}</c>.</summary>
internal sealed class FilterBlock(FilterExpression filter, List<Statement> body) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run)
    {
        run.Budget.CheckStack();
        var inner = new Scope(scope);
        var collected = new TextValue(run.Capture(body, inner, out var flow), run.AutoEscape);
        if (flow == Flow.Next)
        {
            run.Write(filter.Apply(collected, inner, run));
        }

        return flow;
    }
}

/// <summary><c>{% with a = 1 %}...{% endwith %}</c>.</summary>
internal sealed class WithStatement(List<KeyValuePair<Target, Expression>> values, List<Statement> body) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run)
    {
        run.Budget.CheckStack();
        var inner = new Scope(scope);
        foreach (var (target, value) in values)
        {
            target.Assign(value.Evaluate(scope, run), inner, run);
        }

        return Execute(body, inner, run);
    }
}

/// <summary><c>{% autoescape true %}...{% endautoescape %}</c>.</summary>
internal sealed class AutoEscapeStatement(Expression isOn, List<Statement> body) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run)
    {
        run.Budget.CheckStack();
        var before = run.AutoEscape;
        run.AutoEscape = isOn.Evaluate(scope, run).IsTrue(run);
        var flow = Execute(body, new Scope(scope), run);
        run.AutoEscape = before;
        return flow;
    }
}

/// <summary><c>{% include %}</c>, <c>{% import %}</c>, <c>{% extends %}</c>: an error when reached, since a chat template stands alone.</summary>
internal sealed class LoadStatement(Expression template) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run)
    {
        _ = template.Evaluate(scope, run);
        throw TemplateFault.Type("no loader for this environment specified");
    }
}
