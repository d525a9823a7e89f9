namespace Gptx.Templates;

/// <summary>Numbers as a template writes them: 5, 1_000, 0x1f, 2.5, 1e3.</summary>
internal static class NumberLiteral
{
    /// <summary>How long the number at a place is, and what it is worth.</summary>
    public static int Read(string source, int start, int line, out TemplateValue number)
    {
        if (FloatEnd(source, start) is var end and > 0)
        {
            number = new FloatValue(PythonNumbers.ParseFloat(source[start..end])!.Value);
            return end - start;
        }

        end = IntegerEnd(source, start);
        try
        {
            number = IntegerValue.Of(PythonNumbers.ParseInteger(source[start..end], 0)!.Value);
        }
        catch (TemplateFault fault)
        {
            throw TemplateFault.Syntax(line, fault.Message);
        }

        return end - start;
    }

    private static int FloatEnd(string source, int start)
    {
        if (start > 0 && source[start - 1] == '.')
        {
            return 0;
        }

        var whole = DigitsEnd(source, start, char.IsAsciiDigit);
        var end = whole;
        if (end + 1 < source.Length && source[end] == '.' && char.IsAsciiDigit(source[end + 1]))
        {
            end = DigitsEnd(source, end + 1, char.IsAsciiDigit);
        }

        var exponent = end + 1;
        if (end < source.Length && source[end] is 'e' or 'E')
        {
            exponent += exponent < source.Length && source[exponent] is '+' or '-' ? 1 : 0;
            if (exponent < source.Length && char.IsAsciiDigit(source[exponent]))
            {
                return DigitsEnd(source, exponent, char.IsAsciiDigit);
            }
        }

        return end > whole ? end : 0;
    }

    private static int IntegerEnd(string source, int start)
    {
        if (source[start] != '0')
        {
            return DigitsEnd(source, start, char.IsAsciiDigit);
        }

        Func<char, bool>? digit = start + 1 >= source.Length ? null : source[start + 1] switch
        {
            'b' or 'B' => character => character is '0' or '1',
            'o' or 'O' => character => character is >= '0' and <= '7',
            'x' or 'X' => char.IsAsciiHexDigit,
            _ => null,
        };
        var first = start + 2;
        first += digit is not null && first < source.Length && source[first] == '_' ? 1 : 0;
        return digit is not null && first < source.Length && digit(source[first])
            ? DigitsEnd(source, first, digit)
            : DigitsEnd(source, start, character => character == '0');
    }

    // Digits with single underscores between.
    private static int DigitsEnd(string source, int start, Func<char, bool> isDigit)
    {
        var end = start;
        while (end < source.Length && (isDigit(source[end]) || (source[end] == '_' && end > start && end + 1 < source.Length && isDigit(source[end + 1]) && source[end - 1] != '_')))
        {
            end++;
        }

        return end;
    }
}
