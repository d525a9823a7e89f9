namespace Gptx.Templates;

/// <summary>How <c>x.name</c> and <c>x['name']</c> find what they name: the first asks for the attribute and then the key, the second for the key and then the attribute.</summary>
internal static class Members
{
    /// <summary>What every Python object has under a name with underscores; the sandbox gives none of it out.</summary>
    private static readonly HashSet<string> Hidden = new(StringComparer.Ordinal)
    {
        "__class__", "__doc__", "__init__", "__new__", "__dir__", "__repr__", "__str__", "__hash__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__format__",
        "__getattribute__", "__setattr__", "__delattr__", "__reduce__", "__reduce_ex__", "__sizeof__", "__subclasshook__", "__init_subclass__", "__getstate__", "__len__", "__iter__",
        "__contains__", "__getitem__", "__setitem__", "__delitem__", "__reversed__", "__class_getitem__", "__or__", "__ror__", "__ior__", "__call__", "__globals__", "__self__",
    };

    public static TemplateValue Attribute(TemplateValue value, string name, Rendering run)
    {
        if (IsHidden(value, name))
        {
            return UndefinedValue.Unsafe(value, name);
        }

        return value.Attribute(name, run) ?? value.Item(new TextValue(name), run) ?? UndefinedValue.AttributeOf(value, name);
    }

    public static TemplateValue Item(TemplateValue value, TemplateValue key, Rendering run)
    {
        if (value.Item(key, run) is { } item)
        {
            return item;
        }

        if (key is not TextValue { Text: var name })
        {
            return UndefinedValue.ElementOf(value, key, run);
        }

        return IsHidden(value, name) ? UndefinedValue.Unsafe(value, name) : value.Attribute(name, run) ?? UndefinedValue.ElementOf(value, key, run);
    }

    /// <summary>The attribute alone, as the filter <c>attr</c> asks for it.</summary>
    public static TemplateValue AttributeOnly(TemplateValue value, string name, Rendering run) => IsHidden(value, name)
        ? UndefinedValue.Unsafe(value, name)
        : value.Attribute(name, run) ?? UndefinedValue.AttributeOf(value, name);

    private static bool IsHidden(TemplateValue value, string name) => name.Length > 2 && name[0] == '_' && name[1] == '_' && value is not (UndefinedValue or NamespaceValue) && Hidden.Contains(name);
}
