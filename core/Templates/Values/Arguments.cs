using System.Numerics;

namespace Gptx.Templates;

/// <summary>What an argument must be.</summary>
internal static class Arguments
{
    public static string Text(TemplateValue? argument, string missing, string function) => argument switch
    {
        null => missing,
        TextValue text => text.Text,
        UndefinedValue undefined => throw undefined.Fault(),
        _ => throw TemplateFault.Type($"{function}() argument must be str, not {argument.TypeName}"),
    };

    /// <summary>A whole number that fits 32 bits; larger ones become the largest, since nothing so large can be made.</summary>
    public static int Integer(TemplateValue argument, string function) => PythonMath.Integer(argument) switch
    {
        null when argument is UndefinedValue undefined => throw undefined.Fault(),
        null => throw TemplateFault.Type($"{function}(): '{argument.TypeName}' object cannot be interpreted as an integer"),
        { } number => number > int.MaxValue ? int.MaxValue : number < int.MinValue ? int.MinValue : (int)number,
    };

    public static int Integer(TemplateValue? argument, int missing, string function) => argument is null ? missing : Integer(argument, function);

    public static bool IsAbsent(TemplateValue? argument) => argument is null or NoneValue;

    public static BigInteger? Whole(TemplateValue? argument) => argument is null ? null : PythonMath.Integer(argument);
}
