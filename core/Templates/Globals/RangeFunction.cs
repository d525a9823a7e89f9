using System.Numerics;

namespace Gptx.Templates;

/// <summary><c>range(stop)</c>, <c>range(start, stop, step)</c>: at most 100,000 numbers, as the sandbox has it.</summary>
internal static class RangeFunction
{
    private const int Longest = 100_000;

    public static TemplateValue Call(CallArguments call, Rendering run)
    {
        if (call.Positional.Count == 0)
        {
            throw TemplateFault.Type("range expected at least 1 argument, got 0");
        }

        var given = call.Places("range", 1, 3).Select(Whole).ToArray();
        var (start, stop, step) = given.Length == 1 ? (0, given[0], 1) : (given[0], given[1], given.Length == 3 ? given[2] : 1);
        if (step.IsZero)
        {
            throw TemplateFault.Value("range() arg 3 must not be zero");
        }

        var distance = step.Sign > 0 ? stop - start : start - stop;
        if (distance.Sign > 0 && (distance - 1) / BigInteger.Abs(step) >= Longest)
        {
            throw TemplateFault.Overflow($"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({Longest}).");
        }

        return new RangeValue(Bounded(start), Bounded(stop), Bounded(step));
    }

    private static BigInteger Whole(TemplateValue value) => PythonMath.Integer(value)
        ?? throw (value is UndefinedValue undefined ? undefined.Fault() : TemplateFault.Type($"'{value.TypeName}' object cannot be interpreted as an integer"));

    private static long Bounded(BigInteger value) => BigInteger.Abs(value) < long.MaxValue / 4
        ? (long)value
        : throw TemplateFault.Overflow("Python int too large to convert to C ssize_t");
}
