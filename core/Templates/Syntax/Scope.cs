namespace Gptx.Templates;

/// <summary>Names and their values. What is not found here is looked for in the scope around; what is set here is not seen there.</summary>
internal sealed class Scope(Scope? parent)
{
    private Dictionary<string, TemplateValue>? _values;

    public TemplateValue? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._values is { } values && values.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return null;
    }

    public Scope? Parent { get; } = parent;

    public void Set(string name, TemplateValue value) => (_values ??= new(StringComparer.Ordinal))[name] = value;

    /// <summary>Forgets what was set, for the next turn of a loop.</summary>
    public void Clear() => _values?.Clear();
}
