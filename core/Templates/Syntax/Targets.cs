namespace Gptx.Templates;

/// <summary>What a value is assigned to.</summary>
internal abstract class Target
{
    public abstract void Assign(TemplateValue value, Scope scope, Rendering run);
}

/// <summary>A name.</summary>
internal sealed class NameTarget(string name) : Target
{
    public string Name { get; } = name;

    public override void Assign(TemplateValue value, Scope scope, Rendering run) => scope.Set(Name, value);
}

/// <summary>An attribute of a namespace.</summary>
internal sealed class NamespaceTarget(string name, string attribute) : Target
{
    public override void Assign(TemplateValue value, Scope scope, Rendering run)
    {
        if (Rendering.Look(scope, name) is not NamespaceValue space)
        {
            throw TemplateFault.Failed("TemplateRuntimeError", "cannot assign attribute on non-namespace object");
        }

        space.Set(attribute, value);
    }
}

/// <summary>Several, among which a value is shared out.</summary>
internal sealed class TupleTarget(List<Target> targets) : Target
{
    public override void Assign(TemplateValue value, Scope scope, Rendering run)
    {
        run.Budget.CheckStack();
        var values = Unpacking.Values(value, targets.Count, run);
        for (var i = 0; i < values.Length; i++)
        {
            targets[i].Assign(values[i], scope, run);
        }
    }
}
