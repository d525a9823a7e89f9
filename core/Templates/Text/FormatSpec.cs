using System.Numerics;
using System.Text;

namespace Gptx.Templates;

/// <summary>The mini-language after the colon of <c>'{:&gt;8,.2f}'</c>: [[fill]align][sign][z][#][0][width][grouping][.precision][type].</summary>
internal sealed class FormatSpec
{
    private string _fill = " ";
    private char _align;
    private char _sign = '-';
    private bool _noNegativeZero;
    private bool _alternate;
    private int _width;
    private char _grouping;
    private int _precision = -1;
    private char _type;

    public static string Format(TemplateValue value, string spec, Rendering run)
    {
        if (spec.Length == 0)
        {
            return value.Printed(run);
        }

        switch (value)
        {
            case TextValue text:
                return Parse(spec, value).Text(text, run);
            case FloatValue real:
                return Parse(spec, value).Float(real.Value, run);
            case IntegerValue or BooleanValue:
                return Parse(spec, value).Integer(PythonMath.Integer(value)!.Value, run);
            default:
                throw TemplateFault.Type($"unsupported format string passed to {value.TypeName}.__format__");
        }
    }

    private static FormatSpec Parse(string spec, TemplateValue value)
    {
        var parsed = new FormatSpec();
        var at = 0;
        var fill = spec.Length > 1 && char.IsHighSurrogate(spec[0]) ? 2 : 1;
        var hasFill = false;
        if (spec.Length > fill && spec[fill] is '<' or '>' or '=' or '^')
        {
            (parsed._fill, parsed._align, at, hasFill) = (spec[..fill], spec[fill], fill + 1, true);
        }
        else if (spec[0] is '<' or '>' or '=' or '^')
        {
            (parsed._align, at) = (spec[0], 1);
        }

        bool Takes(char character)
        {
            var takes = at < spec.Length && spec[at] == character;
            at += takes ? 1 : 0;
            return takes;
        }

        if (at < spec.Length && spec[at] is '+' or '-' or ' ')
        {
            parsed._sign = spec[at++];
        }

        parsed._noNegativeZero = Takes('z');
        parsed._alternate = Takes('#');
        if (Takes('0'))
        {
            parsed._fill = hasFill ? parsed._fill : "0";
            parsed._align = parsed._align == 0 && value is not TextValue ? '=' : parsed._align;
        }

        parsed._width = Number(spec, ref at) ?? 0;
        if (at < spec.Length && spec[at] is ',' or '_')
        {
            parsed._grouping = spec[at++];
        }

        if (Takes('.'))
        {
            parsed._precision = Number(spec, ref at) ?? throw TemplateFault.Value("Format specifier missing precision");
        }

        if (at < spec.Length)
        {
            parsed._type = spec[at++];
        }

        return at == spec.Length ? parsed : throw TemplateFault.Value($"Invalid format specifier {PythonText.Quote(spec)} for object of type '{value.TypeName}'");
    }

    private static int? Number(string spec, ref int at)
    {
        var start = at;
        long number = 0;
        while (at < spec.Length && char.IsAsciiDigit(spec[at]))
        {
            number = Math.Min((number * 10) + spec[at++] - '0', int.MaxValue);
        }

        return at == start ? null : (int)number;
    }

    private string Text(TextValue text, Rendering run)
    {
        if (_type is not ('\0' or 's'))
        {
            throw Unknown("str");
        }

        if (_grouping != 0)
        {
            throw TemplateFault.Value($"Cannot specify '{_grouping}' with 's'.");
        }

        if (_sign != '-' || _alternate || _align == '=')
        {
            throw TemplateFault.Value(_align == '=' ? "'=' alignment not allowed in string format specifier" : _alternate ? "Alternate form (#) not allowed in string format specifier" : "Sign not allowed in string format specifier");
        }

        var length = text.CodePointCount(run);
        var cut = _precision >= 0 && _precision < length ? text.Text[..text.UnitAt(_precision, run)] : text.Text;
        return Pad("", cut, _align == 0 ? '<' : _align, _precision >= 0 ? Math.Min(length, _precision) : length, run);
    }

    private string Integer(BigInteger value, Rendering run)
    {
        switch (_type)
        {
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%':
                return Float(PythonNumbers.ToFloat(value), run);
            case 'c':
                if (value < 0 || value > 0x10FFFF)
                {
                    throw TemplateFault.Overflow("%c arg not in range(0x110000)");
                }

                var character = new StringBuilder();
                PythonCharacters.Append(character, (int)value);
                return Pad("", character.ToString(), _align == 0 ? '<' : _align, 1, run);
            case not ('\0' or 'd' or 'n' or 'b' or 'o' or 'x' or 'X'):
                throw Unknown("int");
        }

        if (_precision >= 0)
        {
            throw TemplateFault.Value("Precision not allowed in integer format specifier");
        }

        if (_grouping == ',' && _type is 'b' or 'o' or 'x' or 'X')
        {
            throw TemplateFault.Value($"Cannot specify ',' with '{_type}'.");
        }

        var digits = Radix.Digits(BigInteger.Abs(value), _type, run);
        var prefix = _alternate && _type is 'b' or 'o' or 'x' or 'X' ? "0" + _type : "";
        return Signed(value.Sign < 0, prefix, digits, "", _type is 'b' or 'o' or 'x' or 'X' ? 4 : 3, run);
    }

    private string Float(double value, Rendering run)
    {
        if (_type is not ('\0' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or 'n' or '%'))
        {
            throw Unknown("float");
        }

        var text = _type switch
        {
            '\0' when _precision < 0 => PythonNumbers.Shown(Math.Abs(value)),
            '\0' => WithPoint(FloatFormat.Of(value, 'g', _precision, _alternate, run), Math.Max(_precision, 1), value, run),
            'n' => FloatFormat.Of(value, 'g', _precision < 0 ? 6 : _precision, _alternate, run),
            _ => FloatFormat.Of(value, _type, _precision < 0 ? 6 : _precision, _alternate, run),
        };
        var whole = text.AsSpan().IndexOfAny(".eE%") is var end and >= 0 ? end : text.Length;
        var isNegative = double.IsNegative(value) && !double.IsNaN(value) && !(_noNegativeZero && text.AsSpan().IndexOfAnyInRange('1', '9') < 0);
        return double.IsFinite(value) ? Signed(isNegative, "", text[..whole], text[whole..], 3, run) : Signed(isNegative, "", "", text, 3, run);
    }

    // Without a type a float keeps a digit after the point, and takes an exponent one digit earlier than 'g' does.
    private string WithPoint(string general, int precision, double value, Rendering run)
    {
        if (!double.IsFinite(value) || general.Contains('e', StringComparison.Ordinal) || general.Contains('.', StringComparison.Ordinal))
        {
            return general;
        }

        return general.Length >= precision ? Trimmed(FloatFormat.Of(value, 'e', precision - 1, _alternate, run)) : general + ".0";
    }

    private static string Trimmed(string scientific)
    {
        var e = scientific.IndexOf('e', StringComparison.Ordinal);
        return (scientific.Contains('.', StringComparison.Ordinal) ? scientific[..e].TrimEnd('0').TrimEnd('.') : scientific[..e]) + scientific[e..];
    }

    private string Signed(bool isNegative, string prefix, string whole, string rest, int group, Rendering run)
    {
        var sign = (isNegative ? "-" : _sign == '-' ? "" : _sign.ToString()) + prefix;
        if (_grouping != 0)
        {
            var least = _fill == "0" && _align == '=' ? Math.Max(0, _width - sign.Length - rest.Length) : 0;
            run.Budget.Text(least + (whole.Length * 2L));
            whole = Grouped(whole, group, least);
        }

        return Pad(sign, whole + rest, _align == 0 ? '>' : _align, whole.Length + rest.Length, run);
    }

    // Zeros that fill the width are grouped too.
    private string Grouped(string digits, int group, int width)
    {
        var reversed = new StringBuilder();
        var count = 0;
        for (var i = digits.Length - 1; i >= 0 || reversed.Length < width; i--)
        {
            if (count > 0 && count % group == 0)
            {
                reversed.Append(_grouping);
            }

            reversed.Append(i >= 0 ? digits[i] : '0');
            count++;
        }

        var characters = reversed.ToString().ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }

    private string Pad(string sign, string body, char align, int length, Rendering run)
    {
        var missing = (long)_width - sign.Length - length;
        if (missing <= 0)
        {
            return sign + body;
        }

        run.Budget.Text((missing * _fill.Length) + body.Length + sign.Length);
        var left = align switch
        {
            '<' => 0,
            '^' => missing / 2,
            _ => missing,
        };
        return align == '='
            ? sign + Fill(missing) + body
            : Fill(left) + sign + body + Fill(missing - left);
    }

    private string Fill(long times) => new StringBuilder().Insert(0, _fill, (int)times).ToString();

    private TemplateFault Unknown(string type) => TemplateFault.Value($"Unknown format code '{_type}' for object of type '{type}'");
}
