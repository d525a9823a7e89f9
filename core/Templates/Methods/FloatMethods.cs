using System.Numerics;

namespace Gptx.Templates;

/// <summary>Attributes and methods of floats.</summary>
internal static class FloatMethods
{
    private static readonly MethodTable<FloatValue> Table = new(new()
    {
        ["is_integer"] = (number, call, _) => BooleanValue.Of(call.Places("float.is_integer", 0, 0).Count == 0 && double.IsFinite(number.Value) && Math.Floor(number.Value) == number.Value),
        ["conjugate"] = (number, _, _) => number,
        ["hex"] = (number, _, _) => new TextValue(Hex(number.Value)),
        ["as_integer_ratio"] = (number, _, _) => Ratio(number.Value),
    });

    public static TemplateValue? Find(FloatValue number, string name) => name switch
    {
        "real" => number,
        "imag" => new FloatValue(0),
        _ => Table.Find(number, name),
    };

    private static string Hex(double value)
    {
        if (!double.IsFinite(value))
        {
            return PythonNumbers.Shown(value);
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var sign = bits < 0 ? "-" : "";
        if (value == 0)
        {
            return sign + "0x0.0p+0";
        }

        var power = exponent == 0 ? -1022 : exponent - 1023;
        return $"{sign}0x{(exponent == 0 ? 0 : 1)}.{bits & 0xFFFFFFFFFFFFFL:x13}p{(power < 0 ? "" : "+")}{power}";
    }

    private static TupleValue Ratio(double value)
    {
        if (!double.IsFinite(value))
        {
            throw double.IsNaN(value) ? TemplateFault.Value("cannot convert NaN to integer ratio") : TemplateFault.Overflow("cannot convert Infinity to integer ratio");
        }

        BigInteger denominator = 1;
        while (Math.Floor(value) != value)
        {
            value *= 2;
            denominator *= 2;
        }

        return TupleValue.Of(IntegerValue.Of(new BigInteger(value)), IntegerValue.Of(denominator));
    }
}
