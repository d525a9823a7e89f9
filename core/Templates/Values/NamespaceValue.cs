namespace Gptx.Templates;

/// <summary>What <c>namespace()</c> gives: the only value that a template can change, so that a loop can hand something out.</summary>
internal sealed class NamespaceValue(DictionaryValue attributes) : TemplateValue
{
    public override string TypeName => "Namespace";

    public static void CheckName(TemplateValue key)
    {
        if (key is TextValue { Text: ['_', ..] } name)
        {
            throw TemplateFault.Failed("SecurityError", $"Chat templates cannot store underscore-prefixed attributes on a namespace, but got {PythonText.Quote(name.Text)}. Please rename the attribute.");
        }
    }

    public void Set(string name, TemplateValue value)
    {
        var key = new TextValue(name);
        CheckName(key);
        attributes.Set(key, value);
    }

    public override TemplateValue? Attribute(string name, Rendering run) => attributes.Get(name);

    public override void Show(BoundedText into, Rendering run)
    {
        into.Append("<Namespace ");
        attributes.Show(into, run);
        into.Append('>');
    }
}
