namespace Gptx.Templates;

/// <summary><c>namespace(...)</c>: made as a dictionary is; names that begin with an underscore are refused.</summary>
internal static class NamespaceFunction
{
    public static TemplateValue Call(CallArguments call, Rendering run) => new NamespaceValue(DictionaryFunction.Make(call, run, NamespaceValue.CheckName));
}
