namespace Gptx.Tokenization;

/// <summary>
/// Where one grapheme cluster ends and the next begins (Unicode TR29, extended clusters, without its rule 9c for Indic conjuncts, as in
/// the reference's regular expressions).
/// </summary>
internal static class GraphemeClusters
{
    private enum Break
    {
        Other,
        Cr,
        Lf,
        Control,
        Extend,
        Prepend,
        RegionalIndicator,
        SpacingMark,
        Joiner,
        L,
        Lv,
        Lvt,
        T,
        V,
    }

    /// <summary>Whether a border lies at this place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The place, not inside of a pair of surrogates.</param>
    /// <param name="looked">Counts the characters that were looked at.</param>
    public static bool IsBorder(ReadOnlySpan<char> text, int at, ref long looked)
    {
        if (at == 0 || at == text.Length)
        {
            return true;
        }

        int before = Before(text, at);
        (Break from, Break to) = (Of(before), Of(PatternText.At(text, at)));
        if (from is Break.Cr or Break.Lf or Break.Control || to is Break.Cr or Break.Lf or Break.Control)
        {
            return !(from == Break.Cr && to == Break.Lf);
        }

        bool isSyllable = (from == Break.L && to is Break.L or Break.V or Break.Lv or Break.Lvt)
            || (from is Break.Lv or Break.V && to is Break.V or Break.T)
            || (from is Break.Lvt or Break.T && to == Break.T);
        if (isSyllable || to is Break.Extend or Break.Joiner or Break.SpacingMark)
        {
            return false;
        }

        int start = at - PatternText.Width(before);
        return from switch
        {
            Break.Prepend => false,
            Break.Joiner => !(Pictographic.Contains(PatternText.At(text, at)) && FollowsPictograph(text, start, ref looked)),
            Break.RegionalIndicator when to == Break.RegionalIndicator => IndicatorsBefore(text, start, ref looked) % 2 == 1,
            _ => true,
        };
    }

    private static CharacterSet Pictographic { get; } = UnicodeClasses.Instance.Find("Extended_Pictographic")!;

    private static readonly (Break Value, CharacterSet Set)[] Values =
    [
        Named(Break.Extend, "extend"), Named(Break.Control, "control"), Named(Break.Lv, "lv"), Named(Break.Lvt, "lvt"), Named(Break.L, "l"),
        Named(Break.V, "v"), Named(Break.T, "t"), Named(Break.SpacingMark, "spacingmark"), Named(Break.Prepend, "prepend"),
        Named(Break.RegionalIndicator, "regionalindicator"), Named(Break.Joiner, "zwj"), Named(Break.Cr, "cr"), Named(Break.Lf, "lf"),
    ];

    private static (Break Value, CharacterSet Set) Named(Break value, string name) => (value, UnicodeClasses.Instance.Breaks[name]);

    private static Break Of(int value)
    {
        if (value is >= 0x20 and < 0x7F)
        {
            return Break.Other;
        }

        foreach ((Break name, CharacterSet set) in Values)
        {
            if (set.Contains(value))
            {
                return name;
            }
        }

        return Break.Other;
    }

    private static int Before(ReadOnlySpan<char> text, int at) => PatternText.Before(text, at);

    private static bool FollowsPictograph(ReadOnlySpan<char> text, int at, ref long looked)
    {
        while (at > 0)
        {
            int value = Before(text, at);
            looked++;
            if (Pictographic.Contains(value))
            {
                return true;
            }

            if (Of(value) != Break.Extend)
            {
                return false;
            }

            at -= PatternText.Width(value);
        }

        return false;
    }

    private static int IndicatorsBefore(ReadOnlySpan<char> text, int at, ref long looked)
    {
        int count = 0;
        while (at > 0 && Of(Before(text, at)) == Break.RegionalIndicator)
        {
            looked++;
            count++;
            at -= 2;
        }

        return count;
    }
}
