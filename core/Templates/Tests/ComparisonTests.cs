namespace Gptx.Templates;

/// <summary>Tests that compare with another value.</summary>
internal static class ComparisonTests
{
    private static readonly TemplateTest Equal = (value, call, run) => Equality.AreEqual(value, Other(call), run);
    private static readonly TemplateTest Unequal = (value, call, run) => !Equality.AreEqual(value, Other(call), run);

    public static readonly Dictionary<string, TemplateTest> All = new()
    {
        ["eq"] = Equal,
        ["=="] = Equal,
        ["equalto"] = Equal,
        ["ne"] = Unequal,
        ["!="] = Unequal,
        ["lt"] = Ordered("<"),
        ["<"] = Ordered("<"),
        ["lessthan"] = Ordered("<"),
        ["le"] = Ordered("<="),
        ["<="] = Ordered("<="),
        ["gt"] = Ordered(">"),
        [">"] = Ordered(">"),
        ["greaterthan"] = Ordered(">"),
        ["ge"] = Ordered(">="),
        [">="] = Ordered(">="),
        ["in"] = (value, call, run) => Membership.Contains(call.Bind("in", 1, "seq")[0]!, value, run),
        ["sameas"] = (value, call, run) => IsSame(value, call.Bind("sameas", 1, "other")[0]!, run),
    };

    private static TemplateTest Ordered(string sign) => (value, call, run) => Ordering.Holds(sign, value, Other(call), run);

    private static TemplateValue Other(CallArguments call) => call.Places("comparison", 1, 1)[0];

    // Python keeps one object for each small integer and for each text of one letter.
    private static bool IsSame(TemplateValue a, TemplateValue b, Rendering run) => ReferenceEquals(a, b) || (a, b) switch
    {
        (TextValue x, TextValue y) => ReferenceEquals(x.Text, y.Text) || (x.Text == y.Text && x.CodePointCount(run) <= 1),
        (TupleValue { Items.Count: 0 }, TupleValue { Items.Count: 0 }) => true,
        _ => false,
    };
}
