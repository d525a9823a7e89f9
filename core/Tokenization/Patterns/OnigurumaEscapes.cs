namespace Gptx.Tokenization;

/// <summary>Reads what stands behind a backslash and is a class or a character.</summary>
internal sealed class OnigurumaEscapes(OnigurumaReader reader, OnigurumaOptions options)
{
    /// <summary>Reads <c>\d \s \w \h \p{...}</c> and their opposites, backslash included; null where there is none, and nothing is taken.</summary>
    public CharacterSet? TryReadSet()
    {
        foreach ((string sign, string name) in ((string, string)[])[("d", "digit"), ("s", "space"), ("w", "word"), ("h", "xdigit")])
        {
            if (reader.TryTake($"\\{sign}"))
            {
                return Named(name);
            }

            if (reader.TryTake($"\\{sign.ToUpperInvariant()}"))
            {
                return Named(name).Complement();
            }
        }

        bool isNegative = reader.TryPeek("\\P");
        if (!reader.TryTake("\\p{") && !reader.TryTake("\\P{"))
        {
            return null;
        }

        isNegative ^= reader.TryTake("^");
        string property = reader.TakeUntil('}');
        CharacterSet set = Named(property);
        return isNegative ? set.Complement() : set;
    }

    /// <summary>Reads one character, behind the backslash.</summary>
    /// <returns>Its code point; one that is no character is never found.</returns>
    public int ReadCharacter(bool isInClass = false)
    {
        if (reader.TryTake("x"))
        {
            return Byte(Math.Max(0, reader.TakeDigits(16, 2)), isInClass);
        }

        if (reader.TryTake("u"))
        {
            int start = reader.At;
            long value = reader.TakeDigits(16, 4);
            return reader.At - start == 4 ? (int)value : throw new FormatException("invalid code point value");
        }

        if (reader.Peek is >= '0' and <= '7')
        {
            return Byte(reader.TakeDigits(8, 3), isInClass);
        }

        int sign = reader.Take("escape").Value;
        return sign switch
        {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\f',
            'v' => '\v',
            'a' => '\a',
            'e' => 0x1B,
            'b' when isInClass => '\b',
            'c' => Control(),
            'C' => reader.TryTake("-") ? Control() : throw new FormatException("invalid control-code syntax"),
            'M' => throw new NotSupportedException("\\M"),
            _ => sign,
        };
    }

    /// <summary>Reads <c>\x{41 42}</c> and <c>\o{101}</c>, one or more characters; null where there is none.</summary>
    public List<int>? TryReadSequence()
    {
        int numberBase = reader.TryTake("\\x{") ? 16 : reader.TryTake("\\o{") ? 8 : 0;
        if (numberBase == 0)
        {
            return null;
        }

        var values = new List<int>();
        while (!reader.TryTake("}"))
        {
            long value = reader.TakeDigits(numberBase, 11);
            if (value is < 0 or > int.MaxValue)
            {
                throw new FormatException("invalid code point value");
            }

            values.Add((int)value);
            while (reader.TryTake(" ") || reader.TryTake("\n"))
            {
            }
        }

        return values.Count > 0 ? values : throw new FormatException("invalid code point value");
    }

    private static int Byte(long value, bool isInClass) => value switch
    {
        > 0xFF => throw new FormatException("too big number"),
        > 0x7F when !isInClass => throw new NotSupportedException("a byte above 7F outside of a class"),
        _ => (int)value,
    };

    private int Control()
    {
        int sign = reader.TryTake("\\") ? ReadCharacter() : reader.Take("control").Value;
        return sign == '?' ? 0x7F : sign & 0x9F;
    }

    private CharacterSet Named(string name) => options.Limit(name, UnicodeClasses.Instance.Find(name) ?? throw Unknown(name));

    private static FormatException Unknown(string name) => new($"invalid character property name {{{name}}}");
}
