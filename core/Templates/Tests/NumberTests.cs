namespace Gptx.Templates;

/// <summary>Tests on numbers.</summary>
internal static class NumberTests
{
    public static readonly Dictionary<string, TemplateTest> All = new()
    {
        ["odd"] = (value, call, run) => call.Places("odd", 0, 0).Count == 0 && Leaves(value, IntegerValue.Of(2), 1, run),
        ["even"] = (value, call, run) => call.Places("even", 0, 0).Count == 0 && Leaves(value, IntegerValue.Of(2), 0, run),
        ["divisibleby"] = (value, call, run) => Leaves(value, call.Bind("divisibleby", 1, "num")[0]!, 0, run),
    };

    private static bool Leaves(TemplateValue value, TemplateValue divisor, int rest, Rendering run) =>
        Equality.AreEqual(Operators.Apply(ArithmeticOperator.Modulo, value, divisor, run), IntegerValue.Of(rest), run);
}
