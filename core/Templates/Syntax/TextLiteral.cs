using System.Globalization;
using System.Text;

namespace Gptx.Templates;

/// <summary>Strings as a template writes them, with the escapes of Python.</summary>
internal static class TextLiteral
{
    public static string Unescape(string text, int line)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var into = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                into.Append(text[i]);
                continue;
            }

            i++;
            switch (text[i])
            {
                case '\n':
                    break;
                case 'x':
                    i = Hexadecimal(into, text, i, 2, line);
                    break;
                case 'u':
                    i = Hexadecimal(into, text, i, 4, line);
                    break;
                case 'U':
                    i = Hexadecimal(into, text, i, 8, line);
                    break;
                case 'N':
                    throw TemplateFault.Syntax(line, "\\N escapes are not supported: write the character, or \\u and its number");
                case >= '0' and <= '7':
                    i = Octal(into, text, i);
                    break;
                case > '\x7f':
                    i = Unusual(into, text, i);
                    break;
                default:
                    Simple(into, text[i]);
                    break;
            }
        }

        return into.ToString();
    }

    private static void Simple(StringBuilder into, char escape)
    {
        var character = escape switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' or '\'' or '"' => escape,
            _ => '\0',
        };
        _ = character == '\0' ? into.Append('\\').Append(escape) : into.Append(character);
    }

    private static int Hexadecimal(StringBuilder into, string text, int at, int length, int line)
    {
        if (at + length >= text.Length || !uint.TryParse(text.AsSpan(at + 1, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x10FFFF)
        {
            throw TemplateFault.Syntax(line, $"truncated or illegal \\{text[at]} escape");
        }

        PythonCharacters.Append(into, (int)code);
        return at + length;
    }

    private static int Octal(StringBuilder into, string text, int at)
    {
        var value = 0;
        var end = at;
        while (end < text.Length && end < at + 3 && text[end] is >= '0' and <= '7')
        {
            value = (value * 8) + text[end++] - '0';
        }

        into.Append((char)value);
        return end - 1;
    }

    // A backslash before a letter beyond ASCII: Python sees that letter as an escape of its own, so that the backslash stands before its number.
    private static int Unusual(StringBuilder into, string text, int at)
    {
        var isPair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
        var codePoint = isPair ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
        into.Append(codePoint switch
        {
            < 0x100 => $"\\x{codePoint:x2}",
            < 0x10000 => $"\\u{codePoint:x4}",
            _ => $"\\U{codePoint:x8}",
        });
        return isPair ? at + 1 : at;
    }
}
