namespace Gptx.Tokenization;

/// <summary>The options of a part of a regular expression.</summary>
internal sealed record OnigurumaOptions
{
    public static OnigurumaOptions None { get; } = new();

    /// <summary><c>(?i)</c>.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary><c>(?m)</c>: the dot is a newline too.</summary>
    public bool DotAll { get; init; }

    /// <summary><c>(?x)</c>: white space and comments do not count.</summary>
    public bool Extended { get; init; }

    /// <summary><c>(?W)</c>: <c>\w</c> and <c>\b</c> know ASCII only.</summary>
    public bool AsciiWord { get; init; }

    /// <summary><c>(?D)</c>: <c>\d</c> knows ASCII only.</summary>
    public bool AsciiDigit { get; init; }

    /// <summary><c>(?S)</c>: <c>\s</c> knows ASCII only.</summary>
    public bool AsciiSpace { get; init; }

    /// <summary><c>(?P)</c>: all POSIX classes know ASCII only.</summary>
    public bool AsciiPosix { get; init; }

    /// <summary>These options with one turned on or off; null where the sign is none.</summary>
    public OnigurumaOptions? With(int sign, bool on) => sign switch
    {
        'i' => this with { IgnoreCase = on },
        'm' => this with { DotAll = on },
        'x' => this with { Extended = on },
        'W' => this with { AsciiWord = on },
        'D' => this with { AsciiDigit = on },
        'S' => this with { AsciiSpace = on },
        'P' => this with { AsciiPosix = on },
        _ => null,
    };

    /// <summary>A named class, cut down to ASCII where an option says so.</summary>
    public CharacterSet Limit(string name, CharacterSet set)
    {
        bool isAscii = name.ToLowerInvariant() switch
        {
            "word" => AsciiWord || AsciiPosix,
            "digit" => AsciiDigit || AsciiPosix,
            "space" => AsciiSpace || AsciiPosix,
            "alnum" or "alpha" or "blank" or "cntrl" or "graph" or "lower" or "print" or "punct" or "upper" or "xdigit" => AsciiPosix,
            _ => false,
        };
        return isAscii ? set.Intersect(CharacterSet.Ascii) : set;
    }
}
