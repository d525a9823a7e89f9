using System.Globalization;
using System.Numerics;

namespace Gptx.Templates;

/// <summary>Filters on numbers.</summary>
internal static class NumberFilters
{
    private static readonly string[] DecimalPrefixes = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
    private static readonly string[] BinaryPrefixes = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

    public static readonly Dictionary<string, TemplateFilter> All = new()
    {
        ["abs"] = (value, call, _) =>
        {
            call.Places("abs", 0, 0);
            return value switch
            {
                FloatValue real => new FloatValue(Math.Abs(real.Value)),
                _ when PythonMath.Integer(value) is { } integer => IntegerValue.Of(BigInteger.Abs(integer)),
                UndefinedValue undefined => throw undefined.Fault(),
                _ => throw TemplateFault.Type($"bad operand type for abs(): '{value.TypeName}'"),
            };
        },
        ["int"] = ToInteger,
        ["float"] = (value, call, _) =>
        {
            var missing = call.Bind("float", 0, "default")[0] ?? new FloatValue(0);
            return value is UndefinedValue undefined ? throw undefined.Fault() : ToFloat(value) is { } number ? new FloatValue(number) : missing;
        },
        ["round"] = Round,
        ["filesizeformat"] = FileSize,
        ["random"] = (value, call, run) =>
        {
            call.Places("random", 0, 0);
            var count = value.Length(run) ?? throw TemplateFault.Type($"object of type '{value.TypeName}' has no len()");
            return count == 0
                ? new UndefinedValue("No random item, sequence was empty.")
                : value.Item(IntegerValue.Of(run.Random.NextInt64(count)), run) ?? throw TemplateFault.Key("the value has no element with a number");
        },
    };

    /// <summary>A float without its fraction; what is infinite or no number is Python's error.</summary>
    public static BigInteger Truncate(double value) => double.IsFinite(value)
        ? new BigInteger(Math.Truncate(value))
        : throw (double.IsNaN(value) ? TemplateFault.Value("cannot convert float NaN to integer") : TemplateFault.Overflow("cannot convert float infinity to integer"));

    private static double? ToFloat(TemplateValue value) => value switch
    {
        TextValue text => PythonNumbers.ParseFloat(text.Text),
        FloatValue or IntegerValue or BooleanValue => PythonMath.Float(value),
        _ => null,
    };

    private static TemplateValue ToInteger(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("int", 0, "default", "base");
        var missing = bound[0] ?? IntegerValue.Of(0);
        var radix = Arguments.Integer(bound[1], 10, "int");
        if (value is UndefinedValue undefined)
        {
            throw undefined.Fault();
        }

        if (value is TextValue text)
        {
            run.Budget.Characters(text.Text.Length);
            if (radix is 0 or (>= 2 and <= 36) && text.Text.Length <= 4300 && PythonNumbers.ParseInteger(text.Text, radix) is { } parsed)
            {
                return IntegerValue.Of(parsed);
            }
        }
        else if (PythonMath.Integer(value) is { } integer)
        {
            return IntegerValue.Of(integer);
        }

        // "42.23" is 42.
        return ToFloat(value) is { } number && double.IsFinite(number)
            ? IntegerValue.Of(Truncate(number))
            : value is FloatValue { Value: var infinite } && double.IsInfinity(infinite) ? throw TemplateFault.Overflow("cannot convert float infinity to integer") : missing;
    }

    private static TemplateValue Round(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("round", 0, "precision", "method");
        var method = Arguments.Text(bound[1], "common", "round");
        if (method is not ("common" or "ceil" or "floor"))
        {
            throw TemplateFault.Argument("method must be common, ceil or floor");
        }

        var precision = Math.Clamp(Arguments.Integer(bound[0], 0, "round"), -1000, 1000);
        if (value is UndefinedValue undefined)
        {
            throw undefined.Fault();
        }

        if (!PythonMath.IsNumber(value, out _))
        {
            throw TemplateFault.Type($"type {value.TypeName} doesn't define __round__ method");
        }

        if (method != "common")
        {
            var ten = IntegerValue.Of(10);
            var power = Operators.Apply(ArithmeticOperator.Power, ten, IntegerValue.Of(precision), run);
            var scaled = PythonMath.Float(Operators.Apply(ArithmeticOperator.Multiply, value, power, run));
            var whole = IntegerValue.Of(Truncate(method == "ceil" ? Math.Ceiling(scaled) : Math.Floor(scaled)));
            return Operators.Apply(ArithmeticOperator.Divide, whole, power, run);
        }

        return value is FloatValue real ? new FloatValue(Rounded(real.Value, precision, run)) : IntegerValue.Of(Rounded(PythonMath.Integer(value)!.Value, precision));
    }

    private static double Rounded(double value, int precision, Rendering run)
    {
        if (!double.IsFinite(value) || value == 0 || precision > 330)
        {
            return value;
        }

        var rounded = double.Parse(DecimalDigits.Fixed(value, Math.Max(precision, -400), run), CultureInfo.InvariantCulture);
        return double.IsInfinity(rounded) ? throw TemplateFault.Overflow("rounded value too large to represent") : Math.CopySign(rounded, value);
    }

    // Whole numbers are rounded to tens, hundreds, ... halves to even.
    private static BigInteger Rounded(BigInteger value, int precision)
    {
        if (precision >= 0)
        {
            return value;
        }

        var unit = BigInteger.Pow(10, -precision);
        var down = PythonMath.FloorDivide(value, unit);
        var twice = ((value - (down * unit)) * 2).CompareTo(unit);
        return (twice > 0 || (twice == 0 && !down.IsEven) ? down + 1 : down) * unit;
    }

    private static TextValue FileSize(TemplateValue value, CallArguments call, Rendering run)
    {
        var isBinary = call.Bind("filesizeformat", 0, "binary")[0]?.IsTrue(run) ?? false;
        if (value is UndefinedValue undefined)
        {
            throw undefined.Fault();
        }

        var bytes = ToFloat(value) ?? throw (value is TextValue ? TemplateFault.Value($"could not convert string to float: {PythonText.Short(value, run)}") : TemplateFault.Type($"float() argument must be a string or a real number, not '{value.TypeName}'"));
        double unit = isBinary ? 1024 : 1000;
        if (bytes == 1)
        {
            return new TextValue("1 Byte");
        }

        if (bytes < unit)
        {
            return new TextValue($"{Truncate(bytes)} Bytes");
        }

        var prefixes = isBinary ? BinaryPrefixes : DecimalPrefixes;
        var place = 0;
        while (place < prefixes.Length - 1 && bytes >= Math.Pow(unit, place + 2))
        {
            place++;
        }

        var scaled = unit * bytes / Math.Pow(unit, place + 2);
        return new TextValue($"{FormatSpec.Format(new FloatValue(scaled), ".1f", run)} {prefixes[place]}");
    }
}
