using System.Globalization;
using System.Numerics;

namespace Gptx.Templates;

/// <summary>Decimal digits of a float, rounded exactly, halves to even, as C's <c>printf</c> and Python round.</summary>
internal static class DecimalDigits
{
    /// <summary>|value| with so many digits after the point; fewer than none rounds to tens, hundreds, ...</summary>
    public static string Fixed(double value, int precision, Rendering run)
    {
        run.Budget.Text(precision > 0 ? precision + 400L : 400);
        // Beyond 1,100 digits a float has only zeros.
        var exact = Math.Min(precision, 1100);
        var (mantissa, exponent) = Parts(value);
        var digits = Rounded(mantissa, exponent, exact).ToString(CultureInfo.InvariantCulture);
        if (precision <= 0)
        {
            return digits == "0" ? digits : digits + new string('0', -precision);
        }

        digits = digits.PadLeft(exact + 1, '0') + new string('0', precision - exact);
        return digits[..^precision] + "." + digits[^precision..];
    }

    /// <summary>|value| as so many significant digits, and the power of ten of the first.</summary>
    public static (string Digits, int Exponent) Significant(double value, int count, Rendering run)
    {
        run.Budget.Text(count + 400L);
        if (value == 0)
        {
            return (new string('0', count), 0);
        }

        var exact = Math.Min(count, 1100);
        var (mantissa, exponent) = Parts(value);
        var power = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var digits = Rounded(mantissa, exponent, exact - 1 - power).ToString(CultureInfo.InvariantCulture);
        // The logarithm may be off by one, and rounding may add a digit.
        while (digits.Length != exact)
        {
            power += digits.Length > exact ? 1 : -1;
            digits = Rounded(mantissa, exponent, exact - 1 - power).ToString(CultureInfo.InvariantCulture);
        }

        return (digits + new string('0', count - exact), power);
    }

    // mantissa * 2^exponent * 10^digits as a whole number, halves to even.
    private static BigInteger Rounded(BigInteger mantissa, int exponent, int digits)
    {
        var numerator = digits > 0 ? mantissa * BigInteger.Pow(10, digits) : mantissa;
        var denominator = digits < 0 ? BigInteger.Pow(10, -digits) : BigInteger.One;
        numerator = exponent > 0 ? numerator << exponent : numerator;
        denominator = exponent < 0 ? denominator << -exponent : denominator;
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var twice = (remainder * 2).CompareTo(denominator);
        return twice > 0 || (twice == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    private static (BigInteger Mantissa, int Exponent) Parts(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFFL;
        return exponent == 0 ? (mantissa, -1074) : (mantissa | (1L << 52), exponent - 1075);
    }
}
