using System.Globalization;

namespace Gptx.Templates;

/// <summary>|value| in the forms e, f, g and % of <c>printf</c> and of Python's format.</summary>
internal static class FloatFormat
{
    public static string Of(double value, char form, int precision, bool alternate, Rendering run)
    {
        var text = Lower(Math.Abs(value), char.ToLowerInvariant(form), precision, alternate, run);
        return char.IsUpper(form) ? text.ToUpperInvariant() : text;
    }

    private static string Lower(double value, char form, int precision, bool alternate, Rendering run)
    {
        if (!double.IsFinite(value))
        {
            return (double.IsNaN(value) ? "nan" : "inf") + (form == '%' ? "%" : "");
        }

        switch (form)
        {
            case 'e':
                var (digits, exponent) = DecimalDigits.Significant(value, precision + 1, run);
                return Scientific(digits, exponent, alternate);
            case 'f':
                return DecimalDigits.Fixed(value, precision, run) + (alternate && precision == 0 ? "." : "");
            case '%':
                return DecimalDigits.Fixed(value * 100, precision, run) + (alternate && precision == 0 ? ".%" : "%");
            default:
                return General(value, Math.Max(precision, 1), alternate, run);
        }
    }

    private static string General(double value, int precision, bool alternate, Rendering run)
    {
        var (digits, exponent) = DecimalDigits.Significant(value, precision, run);
        if (exponent < -4 || exponent >= precision)
        {
            return Scientific(alternate ? digits : Shortened(digits), exponent, alternate);
        }

        if (exponent < 0)
        {
            digits = new string('0', -exponent) + digits;
            exponent = 0;
        }

        var whole = digits[..(exponent + 1)];
        var rest = alternate ? digits[(exponent + 1)..] : digits[(exponent + 1)..].TrimEnd('0');
        return rest.Length > 0 || alternate ? whole + "." + rest : whole;
    }

    private static string Shortened(string digits) => digits[..1] + digits[1..].TrimEnd('0');

    private static string Scientific(string digits, int exponent, bool alternate) =>
        digits[..1] + (digits.Length > 1 || alternate ? "." + digits[1..] : "") + string.Create(CultureInfo.InvariantCulture, $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
}
