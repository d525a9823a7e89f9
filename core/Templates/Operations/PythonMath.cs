using System.Numerics;

namespace Gptx.Templates;

/// <summary>Arithmetic as Python's: integers without bounds, division that floors, True as 1.</summary>
internal static class PythonMath
{
    /// <summary>The integer that a value is, True and False being 1 and 0; null for others.</summary>
    public static BigInteger? Integer(TemplateValue value) => value switch
    {
        IntegerValue integer => integer.Value,
        BooleanValue boolean => boolean.Value ? BigInteger.One : BigInteger.Zero,
        _ => null,
    };

    /// <summary>Whether a value is a number, and which float it is.</summary>
    public static bool IsNumber(TemplateValue value, out double number)
    {
        number = value switch
        {
            FloatValue real => real.Value,
            IntegerValue integer => PythonNumbers.Nearest(integer.Value),
            BooleanValue boolean => boolean.Value ? 1 : 0,
            _ => 0,
        };
        return value is FloatValue or IntegerValue or BooleanValue;
    }

    public static TemplateValue? Combine(ArithmeticOperator operation, TemplateValue left, TemplateValue right, Rendering run)
    {
        if (Integer(left) is { } a && Integer(right) is { } b)
        {
            return Integers(operation, a, b, run);
        }

        if (!IsNumber(left, out _) || !IsNumber(right, out _))
        {
            return null;
        }

        return new FloatValue(Floats(operation, Float(left), Float(right)));
    }

    public static double Float(TemplateValue value) => value switch
    {
        FloatValue real => real.Value,
        IntegerValue integer => PythonNumbers.ToFloat(integer.Value),
        BooleanValue { Value: true } => 1,
        _ => 0,
    };

    public static TemplateValue Negate(TemplateValue value) => value switch
    {
        FloatValue real => new FloatValue(-real.Value),
        _ when Integer(value) is { } integer => IntegerValue.Of(-integer),
        UndefinedValue undefined => throw undefined.Fault(),
        _ => throw TemplateFault.Type($"bad operand type for unary -: '{value.TypeName}'"),
    };

    public static TemplateValue Plus(TemplateValue value) => value switch
    {
        FloatValue => value,
        _ when Integer(value) is { } integer => IntegerValue.Of(integer),
        UndefinedValue undefined => throw undefined.Fault(),
        _ => throw TemplateFault.Type($"bad operand type for unary +: '{value.TypeName}'"),
    };

    public static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        return !remainder.IsZero && (remainder.Sign < 0) != (b.Sign < 0) ? quotient - 1 : quotient;
    }

    public static BigInteger FloorModulo(BigInteger a, BigInteger b)
    {
        var remainder = BigInteger.Remainder(a, b);
        return !remainder.IsZero && (remainder.Sign < 0) != (b.Sign < 0) ? remainder + b : remainder;
    }

    public static double FloorModulo(double a, double b)
    {
        var remainder = a % b;
        return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder == 0 ? Math.CopySign(0, b) : remainder;
    }

    private static TemplateValue Integers(ArithmeticOperator operation, BigInteger a, BigInteger b, Rendering run)
    {
        Charge(operation, a, b, run.Budget);
        switch (operation)
        {
            case ArithmeticOperator.Add:
                return IntegerValue.Of(a + b);
            case ArithmeticOperator.Subtract:
                return IntegerValue.Of(a - b);
            case ArithmeticOperator.Multiply:
                return IntegerValue.Of(a * b);
            case ArithmeticOperator.Power:
                return Power(a, b, run);
        }

        if (b.IsZero)
        {
            throw TemplateFault.ZeroDivision(operation switch
            {
                ArithmeticOperator.Divide => "division by zero",
                ArithmeticOperator.Modulo => "integer modulo by zero",
                _ => "integer division or modulo by zero",
            });
        }

        return operation switch
        {
            ArithmeticOperator.Divide => new FloatValue(Divide(a, b)),
            ArithmeticOperator.FloorDivide => IntegerValue.Of(FloorDivide(a, b)),
            _ => IntegerValue.Of(FloorModulo(a, b)),
        };
    }

    // Rounded once: both shortened to what a quotient of 64 bits and more needs, a lost remainder kept as a last bit.
    private static double Divide(BigInteger a, BigInteger b)
    {
        if (a.GetBitLength() <= 53 && b.GetBitLength() <= 53)
        {
            return (double)a / (double)b;
        }

        var isNegative = (a.Sign < 0) != (b.Sign < 0);
        var (numerator, denominator) = (BigInteger.Abs(a), BigInteger.Abs(b));
        var shift = (int)(denominator.GetBitLength() - numerator.GetBitLength()) + 66;
        numerator = shift > 0 ? numerator << shift : numerator;
        denominator = shift < 0 ? denominator << -shift : denominator;
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        quotient = remainder.IsZero ? quotient : quotient | 1;
        if (quotient.GetBitLength() - shift > 1024)
        {
            throw TemplateFault.Overflow("integer division result too large for a float");
        }

        var scaled = Math.ScaleB(PythonNumbers.Nearest(quotient), -shift);
        return isNegative ? -scaled : scaled;
    }

    private static TemplateValue Power(BigInteger a, BigInteger b, Rendering run)
    {
        if (b.Sign < 0)
        {
            return a.IsZero
                ? throw TemplateFault.ZeroDivision("0.0 cannot be raised to a negative power")
                : new FloatValue(Floats(ArithmeticOperator.Power, PythonNumbers.ToFloat(a), PythonNumbers.ToFloat(b)));
        }

        if (a.IsZero || a.IsOne || a == BigInteger.MinusOne || b.IsZero)
        {
            return IntegerValue.Of(b.IsZero ? BigInteger.One : a == BigInteger.MinusOne && b.IsEven ? BigInteger.One : a);
        }

        var bits = (double)(a.GetBitLength() - 1) * (double)b;
        CheckBits(bits);
        run.Budget.Steps((long)(bits * bits / 40_000) + 1);
        run.Budget.Memory((long)bits / 4);
        return IntegerValue.Of(BigInteger.Pow(a, (int)b));
    }

    private static void Charge(ArithmeticOperator operation, BigInteger a, BigInteger b, Budget budget)
    {
        var (left, right) = (a.GetBitLength(), b.GetBitLength());
        if (left + right < 256)
        {
            return;
        }

        if (operation == ArithmeticOperator.Multiply)
        {
            CheckBits(left + right);
        }

        budget.Memory((left + right) / 8);
        budget.Steps(operation is ArithmeticOperator.Add or ArithmeticOperator.Subtract ? (left + right) >> 12 : left * right / 40_000);
    }

    private static void CheckBits(double bits)
    {
        if (bits > Budget.MaxIntegerBits)
        {
            throw TemplateFault.Limit($"it computes an integer of more than {Budget.MaxIntegerBits} bits");
        }
    }

    private static double Floats(ArithmeticOperator operation, double a, double b)
    {
        if (b == 0 && operation is ArithmeticOperator.Divide or ArithmeticOperator.FloorDivide or ArithmeticOperator.Modulo)
        {
            throw TemplateFault.ZeroDivision(operation switch
            {
                ArithmeticOperator.Divide => "float division by zero",
                ArithmeticOperator.FloorDivide => "float floor division by zero",
                _ => "float modulo",
            });
        }

        return operation switch
        {
            ArithmeticOperator.Add => a + b,
            ArithmeticOperator.Subtract => a - b,
            ArithmeticOperator.Multiply => a * b,
            ArithmeticOperator.Divide => a / b,
            ArithmeticOperator.FloorDivide => FloorDivide(a, b),
            ArithmeticOperator.Modulo => double.IsInfinity(b) && double.IsFinite(a) ? ((a < 0) != (b < 0) && a != 0 ? b : a) : FloorModulo(a, b),
            _ => Power(a, b),
        };
    }

    private static double FloorDivide(double a, double b)
    {
        var remainder = a % b;
        var quotient = (a - remainder) / b;
        if (remainder != 0 && (remainder < 0) != (b < 0))
        {
            quotient -= 1;
        }

        if (quotient == 0)
        {
            return Math.CopySign(0, a / b);
        }

        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double Power(double a, double b)
    {
        if (a == 0 && b < 0)
        {
            throw TemplateFault.ZeroDivision("0.0 cannot be raised to a negative power");
        }

        if (a < 0 && double.IsFinite(a) && double.IsFinite(b) && Math.Floor(b) != b)
        {
            throw TemplateFault.Value("a negative number to a fractional power is complex, which is not supported");
        }

        var result = Math.Pow(a, b);
        return double.IsInfinity(result) && double.IsFinite(a) && double.IsFinite(b)
            ? throw TemplateFault.Overflow("(34, 'Numerical result out of range')")
            : a == 1 || b == 0 ? 1 : result;
    }
}

/// <summary>The operators of arithmetic.</summary>
internal enum ArithmeticOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
}
