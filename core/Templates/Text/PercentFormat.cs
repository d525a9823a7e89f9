using System.Numerics;
using System.Text;

namespace Gptx.Templates;

/// <summary>The old way to format: <c>'%s and %.2f' % (a, b)</c>, <c>'%(name)s' % values</c>.</summary>
internal sealed class PercentFormat
{
    private readonly TextValue _pattern;
    private readonly Rendering _run;
    private readonly TemplateValue _values;
    private readonly BoundedText _into;
    private int _at;
    private int _next;
    private bool _isMapped;

    private PercentFormat(TextValue pattern, TemplateValue values, Rendering run)
    {
        _pattern = pattern;
        _values = values;
        _run = run;
        _into = new BoundedText(run.Budget);
    }

    public static TextValue Apply(TextValue pattern, TemplateValue values, Rendering run) => new PercentFormat(pattern, values, run).Write();

    private TextValue Write()
    {
        var text = _pattern.Text;
        while (_at < text.Length)
        {
            var percent = text.IndexOf('%', _at);
            var end = percent < 0 ? text.Length : percent;
            _into.Append(text.AsSpan(_at, end - _at));
            _at = end;
            if (percent >= 0)
            {
                _at++;
                Directive();
            }
        }

        var isSpent = _values is TupleValue tuple ? _next >= tuple.Items.Count : _next > 0;
        var isMapping = _values is DictionaryValue or ListValue or DictionaryView or RangeValue or BytesValue;
        return !isSpent && !_isMapped && !(isMapping && _values is not TupleValue)
            ? throw TemplateFault.Type("not all arguments converted during string formatting")
            : _pattern.With(_into.ToString());
    }

    private void Directive()
    {
        _run.Budget.Step();
        TemplateValue? named = null;
        if (Peek() == '(')
        {
            named = Named();
        }

        var flags = Flags();
        var width = Size(flags, isWidth: true) ?? 0;
        var precision = -1;
        if (Peek() == '.')
        {
            _at++;
            precision = Math.Max(Size(flags, isWidth: false) ?? 0, 0);
        }

        while (Peek() is 'h' or 'l' or 'L')
        {
            _at++;
        }

        var form = Peek();
        if (form == '\0')
        {
            throw TemplateFault.Value("incomplete format");
        }

        _at++;
        if (form == '%')
        {
            _into.Append('%');
            return;
        }

        if (form is not ('s' or 'r' or 'a' or 'd' or 'i' or 'u' or 'x' or 'X' or 'o' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or 'c'))
        {
            throw TemplateFault.Value($"unsupported format character '{form}' (0x{(int)form:x}) at index {_at - 1}");
        }

        Pad(Convert(form, named ?? Next(), flags, precision), flags, width);
    }

    private char Peek() => _at < _pattern.Text.Length ? _pattern.Text[_at] : '\0';

    private TemplateValue Named()
    {
        var text = _pattern.Text;
        var start = ++_at;
        var depth = 1;
        for (; _at < text.Length && depth > 0; _at++)
        {
            depth += text[_at] == '(' ? 1 : text[_at] == ')' ? -1 : 0;
        }

        if (depth > 0)
        {
            throw TemplateFault.Value("incomplete format key");
        }

        if (_values is not DictionaryValue dictionary)
        {
            throw TemplateFault.Type("format requires a mapping");
        }

        _isMapped = true;
        var key = text[start..(_at - 1)];
        return dictionary.Get(key) ?? throw TemplateFault.Key(PythonText.Quote(key));
    }

    private HashSet<char> Flags()
    {
        var flags = new HashSet<char>();
        while (Peek() is '-' or '+' or ' ' or '#' or '0')
        {
            flags.Add(_pattern.Text[_at++]);
        }

        return flags;
    }

    private int? Size(HashSet<char> flags, bool isWidth)
    {
        if (Peek() == '*')
        {
            _at++;
            if (PythonMath.Integer(Next()) is not { } given)
            {
                throw TemplateFault.Type("* wants int");
            }

            if (isWidth && given.Sign < 0)
            {
                flags.Add('-');
                given = -given;
            }

            return given > int.MaxValue ? int.MaxValue : given < 0 ? 0 : (int)given;
        }

        long? size = null;
        while (char.IsAsciiDigit(Peek()))
        {
            size = Math.Min(((size ?? 0) * 10) + Peek() - '0', int.MaxValue);
            _at++;
        }

        return (int?)size;
    }

    private TemplateValue Next()
    {
        if (_values is TupleValue tuple)
        {
            return _next < tuple.Items.Count ? tuple.Items[_next++] : throw TemplateFault.Type("not enough arguments for format string");
        }

        return _next++ == 0 ? _values : throw TemplateFault.Type("not enough arguments for format string");
    }

    private (string Sign, string Body, bool IsNumber) Convert(char form, TemplateValue value, HashSet<char> flags, int precision)
    {
        switch (form)
        {
            case 's':
                return ("", Cut(_pattern.IsMarkup ? Html.Escape(value, _run).Text : value.Printed(_run), precision), false);
            case 'r':
                return ("", Cut(value.Shown(_run), precision), false);
            case 'a':
                return ("", Cut(TextFunctions.Ascii(value.Shown(_run), _run), precision), false);
            case 'c':
                return ("", Character(value), false);
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                if (value is UndefinedValue undefined)
                {
                    throw undefined.Fault();
                }

                if (!PythonMath.IsNumber(value, out _))
                {
                    throw TemplateFault.Type($"must be real number, not {value.TypeName}");
                }

                var number = PythonMath.Float(value);
                return (Sign(double.IsNegative(number) && !double.IsNaN(number), flags), FloatFormat.Of(number, form, precision < 0 ? 6 : precision, flags.Contains('#'), _run), double.IsFinite(number));
            default:
                return Integer(form, value, flags, precision);
        }
    }

    private (string Sign, string Body, bool IsNumber) Integer(char form, TemplateValue value, HashSet<char> flags, int precision)
    {
        var isDecimal = form is 'd' or 'i' or 'u';
        var number = value switch
        {
            FloatValue real when isDecimal => NumberFilters.Truncate(real.Value),
            _ => PythonMath.Integer(value),
        } ?? throw (value is UndefinedValue undefined
            ? undefined.Fault()
            : TemplateFault.Type(isDecimal ? $"%{form} format: a real number is required, not {value.TypeName}" : $"%{form} format: an integer is required, not {value.TypeName}"));
        var digits = Radix.Digits(BigInteger.Abs(number), isDecimal ? 'd' : form, _run);
        if (digits.Length < precision)
        {
            _run.Budget.Text(precision);
            digits = digits.PadLeft(precision, '0');
        }

        var prefix = flags.Contains('#') && !isDecimal ? "0" + form : "";
        return (Sign(number.Sign < 0, flags) + prefix, digits, true);
    }

    private string Character(TemplateValue value)
    {
        if (value is TextValue text && text.CodePointCount(_run) == 1)
        {
            return text.Text;
        }

        if (PythonMath.Integer(value) is not { } code)
        {
            throw TemplateFault.Type("%c requires int or char");
        }

        if (code.Sign < 0 || code > 0x10FFFF)
        {
            throw TemplateFault.Overflow("%c arg not in range(0x110000)");
        }

        var character = new StringBuilder();
        PythonCharacters.Append(character, (int)code);
        return character.ToString();
    }

    private string Cut(string text, int precision)
    {
        if (precision < 0 || precision >= text.Length)
        {
            return text;
        }

        var value = new TextValue(text);
        return precision >= value.CodePointCount(_run) ? text : text[..value.UnitAt(precision, _run)];
    }

    private static string Sign(bool isNegative, HashSet<char> flags) => isNegative ? "-" : flags.Contains('+') ? "+" : flags.Contains(' ') ? " " : "";

    private void Pad((string Sign, string Body, bool IsNumber) converted, HashSet<char> flags, int width)
    {
        var (sign, body, isNumber) = converted;
        var missing = width == 0 ? 0 : (long)width - sign.Length - new TextValue(body).CodePointCount(_run);
        if (flags.Contains('-'))
        {
            _into.Append(sign).Append(body).Append(' ', missing);
        }
        else if (isNumber && flags.Contains('0'))
        {
            _into.Append(sign).Append('0', missing).Append(body);
        }
        else
        {
            _into.Append(' ', missing).Append(sign).Append(body);
        }
    }
}
