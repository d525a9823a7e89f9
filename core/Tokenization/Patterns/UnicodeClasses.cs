using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>The classes that regular expressions name: general categories, POSIX classes and the scripts that tokenizers use.</summary>
internal static class UnicodeClasses
{
    private static readonly Dictionary<string, UnicodeCategory> Categories = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Lu"] = UnicodeCategory.UppercaseLetter,
        ["Ll"] = UnicodeCategory.LowercaseLetter,
        ["Lt"] = UnicodeCategory.TitlecaseLetter,
        ["Lm"] = UnicodeCategory.ModifierLetter,
        ["Lo"] = UnicodeCategory.OtherLetter,
        ["Mn"] = UnicodeCategory.NonSpacingMark,
        ["Mc"] = UnicodeCategory.SpacingCombiningMark,
        ["Me"] = UnicodeCategory.EnclosingMark,
        ["Nd"] = UnicodeCategory.DecimalDigitNumber,
        ["Nl"] = UnicodeCategory.LetterNumber,
        ["No"] = UnicodeCategory.OtherNumber,
        ["Pc"] = UnicodeCategory.ConnectorPunctuation,
        ["Pd"] = UnicodeCategory.DashPunctuation,
        ["Ps"] = UnicodeCategory.OpenPunctuation,
        ["Pe"] = UnicodeCategory.ClosePunctuation,
        ["Pi"] = UnicodeCategory.InitialQuotePunctuation,
        ["Pf"] = UnicodeCategory.FinalQuotePunctuation,
        ["Po"] = UnicodeCategory.OtherPunctuation,
        ["Sm"] = UnicodeCategory.MathSymbol,
        ["Sc"] = UnicodeCategory.CurrencySymbol,
        ["Sk"] = UnicodeCategory.ModifierSymbol,
        ["So"] = UnicodeCategory.OtherSymbol,
        ["Zs"] = UnicodeCategory.SpaceSeparator,
        ["Zl"] = UnicodeCategory.LineSeparator,
        ["Zp"] = UnicodeCategory.ParagraphSeparator,
        ["Cc"] = UnicodeCategory.Control,
        ["Cf"] = UnicodeCategory.Format,
        ["Co"] = UnicodeCategory.PrivateUse,
        ["Cn"] = UnicodeCategory.OtherNotAssigned,
    };

    // First and last characters, in turn.
    private static readonly Dictionary<string, int[]> Scripts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Han"] =
        [
            0x2E80, 0x2E99, 0x2E9B, 0x2EF3, 0x2F00, 0x2FD5, 0x3005, 0x3005, 0x3007, 0x3007, 0x3021, 0x3029, 0x3038, 0x303B, 0x3400, 0x4DBF,
            0x4E00, 0x9FFF, 0xF900, 0xFA6D, 0xFA70, 0xFAD9, 0x16FE2, 0x16FE3, 0x16FF0, 0x16FF1, 0x20000, 0x2A6DF, 0x2A700, 0x2B739,
            0x2B740, 0x2B81D, 0x2B820, 0x2CEA1, 0x2CEB0, 0x2EBE0, 0x2EBF0, 0x2EE5D, 0x2F800, 0x2FA1D, 0x30000, 0x3134A, 0x31350, 0x323AF,
        ],
        ["Hiragana"] = [0x3041, 0x3096, 0x309D, 0x309F, 0x1B001, 0x1B11F, 0x1B132, 0x1B132, 0x1B150, 0x1B152, 0x1F200, 0x1F200],
        ["Katakana"] =
        [
            0x30A1, 0x30FA, 0x30FD, 0x30FF, 0x31F0, 0x31FF, 0x32D0, 0x32FE, 0x3300, 0x3357, 0xFF66, 0xFF6F, 0xFF71, 0xFF9D,
            0x1AFF0, 0x1AFF3, 0x1AFF5, 0x1AFFB, 0x1AFFD, 0x1AFFE, 0x1B000, 0x1B000, 0x1B120, 0x1B122, 0x1B155, 0x1B155, 0x1B164, 0x1B167,
        ],
        ["Hangul"] =
        [
            0x1100, 0x11FF, 0x302E, 0x302F, 0x3131, 0x318E, 0x3200, 0x321E, 0x3260, 0x327E, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xD7B0, 0xD7C6,
            0xD7CB, 0xD7FB, 0xFFA0, 0xFFBE, 0xFFC2, 0xFFC7, 0xFFCA, 0xFFCF, 0xFFD2, 0xFFD7, 0xFFDA, 0xFFDC,
        ],
        ["Latin"] =
        [
            0x41, 0x5A, 0x61, 0x7A, 0xAA, 0xAA, 0xBA, 0xBA, 0xC0, 0xD6, 0xD8, 0xF6, 0xF8, 0x2B8, 0x2E0, 0x2E4, 0x1D00, 0x1D25, 0x1D2C, 0x1D5C,
            0x1D62, 0x1D65, 0x1D6B, 0x1D77, 0x1D79, 0x1DBE, 0x1E00, 0x1EFF, 0x2071, 0x2071, 0x207F, 0x207F, 0x2090, 0x209C, 0x212A, 0x212B,
            0x2132, 0x2132, 0x214E, 0x214E, 0x2160, 0x2188, 0x2C60, 0x2C7F, 0xA722, 0xA787, 0xA78B, 0xA7CA, 0xA7D0, 0xA7D1, 0xA7D3, 0xA7D3,
            0xA7D5, 0xA7D9, 0xA7F2, 0xA7FF, 0xAB30, 0xAB5A, 0xAB5C, 0xAB64, 0xAB66, 0xAB69, 0xFB00, 0xFB06, 0xFF21, 0xFF3A, 0xFF41, 0xFF5A,
            0x10780, 0x10785, 0x10787, 0x107B0, 0x107B2, 0x107BA, 0x1DF00, 0x1DF1E, 0x1DF25, 0x1DF2A,
        ],
    };

    private static readonly int[] OtherUppercase = [0x2160, 0x216F, 0x24B6, 0x24CF, 0x1F130, 0x1F149, 0x1F150, 0x1F169, 0x1F170, 0x1F189];

    /// <summary>The class of a name: a category (<c>Lu</c>, <c>L</c>), a POSIX class (<c>upper</c>) or a script (<c>Han</c>); null where it is not known.</summary>
    public static Func<Rune, bool>? Find(string name)
    {
        if (Categories.TryGetValue(name, out UnicodeCategory category))
        {
            return rune => Rune.GetUnicodeCategory(rune) == category;
        }

        if (name.Length == 1 && Categories.Keys.Any(key => key.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
        {
            UnicodeCategory[] group = [.. Categories.Where(pair => pair.Key.StartsWith(name, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value)];
            return rune => group.Contains(Rune.GetUnicodeCategory(rune));
        }

        return Scripts.TryGetValue(name, out int[]? ranges) ? rune => IsIn(ranges, rune.Value) : Posix(name.ToLowerInvariant());
    }

    /// <summary><c>\w</c> inside brackets: unlike Rust's, without the two joiners.</summary>
    public static bool IsWord(Rune rune) => CharacterClasses.IsWord(rune) && rune.Value is not (0x200C or 0x200D);

    /// <summary><c>\w</c> and <c>\b</c> outside of brackets, where Oniguruma also counts <c>² ³ ¹ ¼ ½ ¾</c>.</summary>
    public static bool IsWordAlone(Rune rune) => IsWord(rune) || rune.Value is 0xB2 or 0xB3 or 0xB9 or (>= 0xBC and <= 0xBE);

    private static bool IsIn(int[] ranges, int value)
    {
        for (int i = 0; i < ranges.Length; i += 2)
        {
            if (value >= ranges[i] && value <= ranges[i + 1])
            {
                return true;
            }
        }

        return false;
    }

    // The others (alpha, alnum, lower, punct) rest on properties that .NET does not have.
    private static Func<Rune, bool>? Posix(string name) => name switch
    {
        "word" => IsWord,
        "digit" => Rune.IsDigit,
        "space" => Rune.IsWhiteSpace,
        "upper" => rune => Rune.IsUpper(rune) || IsIn(OtherUppercase, rune.Value),
        "cntrl" => Rune.IsControl,
        "blank" => rune => rune.Value == '\t' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator,
        "xdigit" => rune => rune.IsAscii && char.IsAsciiHexDigit((char)rune.Value),
        "any" => _ => true,
        _ => null,
    };
}
