namespace Gptx.Templates;

/// <summary>
/// A value inside a template, with what Python says of it. Templates reach nothing but these types and what they list by name: no member of .NET is ever looked up.
/// </summary>
internal abstract class TemplateValue
{
    /// <summary>The name of its type, as messages of Python have it.</summary>
    public abstract string TypeName { get; }

    public virtual bool IsCallable => false;

    /// <summary>Whether it can be a key: lists and dictionaries cannot.</summary>
    public virtual bool IsHashable => true;

    public virtual bool IsTrue(Rendering run) => true;

    /// <summary>How many elements it has, or null where it has no length.</summary>
    public virtual long? Length(Rendering run) => null;

    /// <summary>Its elements in order, or null where it has none; what yields only once goes on where it was left.</summary>
    public virtual IEnumerator<TemplateValue>? Elements(Rendering run) => null;

    /// <summary>The attribute or method of that name, or null.</summary>
    public virtual TemplateValue? Attribute(string name, Rendering run) => null;

    /// <summary>The element at an index or key, or null where there is none, or none can be asked for.</summary>
    public virtual TemplateValue? Item(TemplateValue key, Rendering run) => null;

    public virtual TemplateValue Call(CallArguments arguments, Rendering run) => throw TemplateFault.Type($"'{TypeName}' object is not callable");

    /// <summary>Writes it as <c>str()</c> does.</summary>
    public virtual void Print(BoundedText into, Rendering run) => Show(into, run);

    /// <summary>Writes it as <c>repr()</c> does.</summary>
    public abstract void Show(BoundedText into, Rendering run);

    public string Printed(Rendering run)
    {
        if (this is TextValue text)
        {
            return text.Text;
        }

        var into = new BoundedText(run.Budget);
        Print(into, run);
        return into.ToString();
    }

    public string Shown(Rendering run)
    {
        var into = new BoundedText(run.Budget);
        Show(into, run);
        return into.ToString();
    }

    /// <summary>Its elements, or Python's error where it has none.</summary>
    public IEnumerator<TemplateValue> Iterate(Rendering run) => Elements(run) ?? throw TemplateFault.Type($"'{TypeName}' object is not iterable");

    /// <summary>Its elements as a list that nobody else holds.</summary>
    public List<TemplateValue> ToList(Rendering run)
    {
        var list = new List<TemplateValue>();
        using var elements = Iterate(run);
        while (elements.MoveNext())
        {
            run.Budget.Step();
            run.Budget.Memory(8);
            list.Add(elements.Current);
        }

        return list;
    }
}
