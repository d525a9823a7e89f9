using System.Globalization;
using System.Numerics;

namespace Gptx.Templates;

/// <summary>Whole numbers in binary, octal, decimal and hexadecimal digits.</summary>
internal static class Radix
{
    /// <summary>The digits of a number that is not negative; the form is one of b, o, x, X, anything else being decimal.</summary>
    public static string Digits(BigInteger value, char form, Rendering run)
    {
        var bits = value.GetBitLength();
        switch (form)
        {
            case 'b':
                run.Budget.Text(bits);
                return value.IsZero ? "0" : value.ToString("B", CultureInfo.InvariantCulture).TrimStart('0');
            case 'x' or 'X':
                run.Budget.Text(bits / 4);
                return value.IsZero ? "0" : value.ToString(form.ToString(), CultureInfo.InvariantCulture).TrimStart('0');
            case 'o':
                run.Budget.Text(bits);
                return Octal(value);
            default:
                return PythonNumbers.Digits(value);
        }
    }

    private static string Octal(BigInteger value)
    {
        if (value.IsZero)
        {
            return "0";
        }

        var binary = value.ToString("B", CultureInfo.InvariantCulture).TrimStart('0');
        binary = binary.PadLeft((binary.Length + 2) / 3 * 3, '0');
        return string.Create(binary.Length / 3, binary, static (digits, bits) =>
        {
            for (var i = 0; i < digits.Length; i++)
            {
                digits[i] = (char)('0' + (((bits[3 * i] - '0') << 2) | ((bits[(3 * i) + 1] - '0') << 1) | (bits[(3 * i) + 2] - '0')));
            }
        });
    }
}
