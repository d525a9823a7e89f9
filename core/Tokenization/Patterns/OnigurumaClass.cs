using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>Reads the classes of characters in a regular expression: <c>\p{L}</c>, <c>\s</c>, <c>[a-z&amp;&amp;[^aeiou]]</c>.</summary>
internal static class OnigurumaClass
{
    /// <summary>Reads what stands behind an opening bracket, the closing one included.</summary>
    public static Func<Rune, bool> Read(OnigurumaReader reader)
    {
        bool isNegative = reader.TryTake("^");
        Func<Rune, bool> all = _ => true;
        List<Func<Rune, bool>> parts = [];
        if (reader.TryTake("]"))
        {
            parts.Add(rune => rune.Value == ']');
        }

        while (!reader.TryTake("]"))
        {
            if (reader.TryTake("&&"))
            {
                all = Both(all, Any(parts));
                parts = [];
            }
            else
            {
                parts.Add(Part(reader));
            }
        }

        Func<Rune, bool> contains = Both(all, Any(parts));
        return isNegative ? rune => !contains(rune) : contains;
    }

    /// <summary>Reads a class behind a backslash: <c>d D s S w W h H p P</c>.</summary>
    public static bool TryReadEscape(OnigurumaReader reader, [NotNullWhen(true)] out Func<Rune, bool>? contains)
    {
        int sign = reader.Peek;
        string? name = char.ToLowerInvariant((char)sign) switch
        {
            'd' => "digit",
            's' => "space",
            'w' => "word",
            'h' => "xdigit",
            _ => null,
        };
        bool isNegative = char.IsAsciiLetterUpper((char)sign);
        if (name is not null)
        {
            reader.Take();
        }
        else if (reader.TryTake("p{") || reader.TryTake("P{"))
        {
            isNegative ^= reader.TryTake("^");
            name = reader.TakeUntil('}');
        }

        contains = name is null ? null : Named(name, isNegative);
        return contains is not null;
    }

    /// <summary>Reads one character behind a backslash.</summary>
    public static Rune ReadCharacter(OnigurumaReader reader)
    {
        if (reader.TryTake("x{"))
        {
            Rune rune = reader.TakeHex(8);
            return reader.TryTake("}") ? rune : throw new FormatException("invalid character code");
        }

        if (reader.TryTake("x"))
        {
            return reader.TakeHex(2);
        }

        if (reader.TryTake("u"))
        {
            return reader.TakeHex(4);
        }

        Rune sign = reader.Take();
        return sign.Value switch
        {
            't' => new Rune('\t'),
            'n' => new Rune('\n'),
            'r' => new Rune('\r'),
            'f' => new Rune('\f'),
            'v' => new Rune('\v'),
            'a' => new Rune('\a'),
            'e' => new Rune(0x1B),
            _ => sign.IsAscii && char.IsAsciiLetterOrDigit((char)sign.Value) ? throw new NotSupportedException($"\\{sign}") : sign,
        };
    }

    // A nested class, a POSIX class, an escaped class, a range or one character.
    private static Func<Rune, bool> Part(OnigurumaReader reader)
    {
        if (reader.TryTake("[:"))
        {
            bool isNegative = reader.TryTake("^");
            string name = reader.TakeUntil(':');
            return reader.TryTake("]") ? Named(name, isNegative) : throw new FormatException("invalid POSIX class");
        }

        if (reader.TryTake("["))
        {
            return Read(reader);
        }

        bool isEscaped = reader.TryTake("\\");
        if (isEscaped && TryReadEscape(reader, out Func<Rune, bool>? contains))
        {
            return contains;
        }

        Rune first = isEscaped ? ReadCharacter(reader) : reader.Take();
        if (!reader.TryTake("-"))
        {
            return rune => rune == first;
        }

        if (reader.Peek is ']' or '[' or '&')
        {
            return rune => rune == first || rune.Value == '-';
        }

        Rune last = reader.TryTake("\\") ? ReadCharacter(reader) : reader.Take();
        return last >= first ? rune => rune >= first && rune <= last : throw new FormatException("empty range in a class");
    }

    private static Func<Rune, bool> Named(string name, bool isNegative)
    {
        Func<Rune, bool> contains = UnicodeClasses.Find(name) ?? throw new NotSupportedException($"the class '{name}'");
        return isNegative ? rune => !contains(rune) : contains;
    }

    private static Func<Rune, bool> Any(List<Func<Rune, bool>> parts) => rune => parts.Exists(part => part(rune));

    private static Func<Rune, bool> Both(Func<Rune, bool> left, Func<Rune, bool> right) => rune => left(rune) && right(rune);
}
