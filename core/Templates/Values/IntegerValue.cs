using System.Numerics;

namespace Gptx.Templates;

/// <summary>An integer without bounds.</summary>
internal sealed class IntegerValue : TemplateValue
{
    private static readonly IntegerValue[] Small = [.. Enumerable.Range(-5, 262).Select(value => new IntegerValue(value))];

    private IntegerValue(BigInteger value) => Value = value;

    public BigInteger Value { get; }

    public override string TypeName => "int";

    public static IntegerValue Of(long value) => value is >= -5 and <= 256 ? Small[value + 5] : new IntegerValue(value);

    public static IntegerValue Of(BigInteger value) => value >= -5 && value <= 256 ? Small[(int)value + 5] : new IntegerValue(value);

    public override bool IsTrue(Rendering run) => !Value.IsZero;

    public override TemplateValue? Attribute(string name, Rendering run) => IntegerMethods.Find(this, Value, name);

    public override void Show(BoundedText into, Rendering run) => into.Append(PythonNumbers.Digits(Value));
}
