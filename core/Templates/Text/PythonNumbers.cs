using System.Globalization;
using System.Numerics;

namespace Gptx.Templates;

/// <summary>Numbers as text, and text as numbers, as Python has it.</summary>
internal static class PythonNumbers
{
    private const int MaxDigits = 4300;

    /// <summary>An integer in decimal digits; Python refuses more than 4,300, since that takes long.</summary>
    public static string Digits(BigInteger value)
    {
        var digits = value.GetBitLength() > MaxDigits * 4L ? null : value.ToString(CultureInfo.InvariantCulture);
        return digits is not null && digits.Length - (value.Sign < 0 ? 1 : 0) <= MaxDigits
            ? digits
            : throw TemplateFault.Value($"Exceeds the limit ({MaxDigits} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
    }

    /// <summary>The shortest text that reads back as the same number: <c>1.0</c>, <c>1e+16</c>, <c>inf</c>.</summary>
    public static string Shown(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var (isNegative, digits, exponent) = Shortest(value);
        var text = exponent is < -4 or >= 16 ? Scientific(digits, exponent) : Plain(digits, exponent);
        return isNegative ? "-" + text : text;
    }

    /// <summary>The fewest digits that tell a number from its neighbours, and the power of ten of the first.</summary>
    public static (bool IsNegative, string Digits, int Exponent) Shortest(double value)
    {
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var mantissa = shortest;
        var exponent = 0;
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
        {
            mantissa = shortest[..e];
            exponent = int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        var digits = all.TrimStart('0');
        exponent -= all.Length - digits.Length;
        digits = digits.TrimEnd('0');
        return digits.Length == 0 ? (double.IsNegative(value), "0", 0) : (double.IsNegative(value), digits, exponent);
    }

    /// <summary>An integer out of text, as <c>int(text, base)</c> reads it; null where it is none.</summary>
    public static BigInteger? ParseInteger(string text, int radix = 10)
    {
        var digits = Trim(text);
        var isNegative = digits.StartsWith('-');
        if (isNegative || digits.StartsWith('+'))
        {
            digits = digits[1..];
        }

        if (radix is 0 or 2 or 8 or 16 && digits.Length > 1 && digits[0] == '0' && RadixOf(digits[1]) is var marked and not 0 && (radix == 0 || radix == marked))
        {
            radix = marked;
            digits = digits[2..];
            digits = digits.StartsWith('_') ? digits[1..] : digits;
        }
        else if (radix == 0)
        {
            radix = 10;
            if (digits.Length > 1 && digits[0] == '0' && digits.AsSpan().Trim("0_").Length > 0)
            {
                return null;
            }
        }

        return Accumulate(digits, radix) is { } value ? (isNegative ? -value : value) : null;
    }

    /// <summary>A number out of text, as <c>float(text)</c> reads it; null where it is none.</summary>
    public static double? ParseFloat(string text)
    {
        var trimmed = Trim(text);
        var sign = trimmed.StartsWith('-') ? -1 : 1;
        var unsigned = trimmed is ['+' or '-', ..] ? trimmed[1..] : trimmed;
        switch (unsigned.ToUpperInvariant())
        {
            case "INF" or "INFINITY":
                return sign * double.PositiveInfinity;
            case "NAN":
                return double.NaN;
        }

        if (unsigned.Length == 0 || !(char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.') || !UnderscoresSeparateDigits(unsigned))
        {
            return null;
        }

        return double.TryParse(unsigned.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            ? sign * value
            : null;
    }

    /// <summary>An integer as the nearest float; too large is Python's error.</summary>
    public static double ToFloat(BigInteger value)
    {
        var converted = Nearest(value);
        return double.IsInfinity(converted) ? throw TemplateFault.Overflow("int too large to convert to float") : converted;
    }

    /// <summary>An integer as the nearest float, of two as near the even one; .NET's own conversion cuts.</summary>
    public static double Nearest(BigInteger value)
    {
        var length = (int)Math.Min(BigInteger.Abs(value).GetBitLength(), 2000);
        if (length <= 64)
        {
            return value.Sign < 0 ? -(double)(ulong)-value : (double)(ulong)value;
        }

        var magnitude = BigInteger.Abs(value);
        var top = magnitude >> (length - 64);
        // What is cut off counts as a last bit.
        var rounded = (double)((ulong)(top & ulong.MaxValue) | ((top << (length - 64)) == magnitude ? 0UL : 1UL));
        return Math.CopySign(length > 1024 ? double.PositiveInfinity : Math.ScaleB(rounded, length - 64), value.Sign);
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? digits + new string('0', exponent + 1 - digits.Length) + ".0"
            : digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }

    private static string Scientific(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
        return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    // White space goes, and digits of other scripts become ours.
    private static string Trim(string text)
    {
        var trimmed = text.AsSpan();
        while (trimmed.Length > 0 && PythonCharacters.IsSpace(trimmed[0]))
        {
            trimmed = trimmed[1..];
        }

        while (trimmed.Length > 0 && PythonCharacters.IsSpace(trimmed[^1]))
        {
            trimmed = trimmed[..^1];
        }

        var plain = trimmed.ToString();
        return System.Text.Ascii.IsValid(plain)
            ? plain
            : string.Concat(PythonCharacters.CodePoints(plain).Select(point => PythonCharacters.IsDecimal(point) ? CharUnicodeInfo.GetDecimalDigitValue(char.ConvertFromUtf32(point), 0).ToString(CultureInfo.InvariantCulture) : "?"));
    }

    private static int RadixOf(char mark) => mark switch
    {
        'b' or 'B' => 2,
        'o' or 'O' => 8,
        'x' or 'X' => 16,
        _ => 0,
    };

    private static BigInteger? Accumulate(string digits, int radix)
    {
        if (digits.Length == 0 || digits[0] == '_' || digits[^1] == '_' || digits.Contains("__", StringComparison.Ordinal))
        {
            return null;
        }

        var plain = digits.Replace("_", "", StringComparison.Ordinal);
        if (plain.Any(digit => DigitOf(digit) >= radix))
        {
            return null;
        }

        if (plain.Length > MaxDigits)
        {
            throw TemplateFault.Value($"Exceeds the limit ({MaxDigits} digits) for integer string conversion: value has {plain.Length} digits");
        }

        return radix == 10 ? BigInteger.Parse(plain, NumberStyles.None, CultureInfo.InvariantCulture) : plain.Aggregate(BigInteger.Zero, (value, digit) => (value * radix) + DigitOf(digit));
    }

    private static int DigitOf(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'z' => digit - 'a' + 10,
        >= 'A' and <= 'Z' => digit - 'A' + 10,
        _ => int.MaxValue,
    };

    private static bool UnderscoresSeparateDigits(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && (i == 0 || i == text.Length - 1 || !char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1])))
            {
                return false;
            }
        }

        return true;
    }
}
