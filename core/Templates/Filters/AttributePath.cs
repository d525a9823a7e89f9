namespace Gptx.Templates;

/// <summary>The <c>attribute</c> of filters: a name, a number, or several with dots between, looked up one in the other.</summary>
internal sealed class AttributePath(IReadOnlyList<TemplateValue> parts, TemplateValue? missing, Rendering run)
{
    public static AttributePath Of(TemplateValue attribute, Rendering run, TemplateValue? missing = null) =>
        new(attribute is TextValue text ? Parts(text.Text, run) : attribute is NoneValue ? [] : [attribute], missing is NoneValue ? null : missing, run);

    public TemplateValue Get(TemplateValue value)
    {
        foreach (var part in parts)
        {
            value = Members.Item(value, part, run);
            value = missing is not null && value is UndefinedValue ? missing : value;
        }

        return value;
    }

    private static List<TemplateValue> Parts(string path, Rendering run)
    {
        run.Budget.Text(path.Length);
        var parts = new List<TemplateValue>();
        foreach (var part in path.Split('.'))
        {
            run.Budget.Step();
            run.Budget.Memory(48);
            parts.Add(part.Length > 0 && part.All(char.IsAsciiDigit) && PythonNumbers.ParseInteger(part) is { } index ? IntegerValue.Of(index) : new TextValue(part));
        }

        return parts;
    }
}
