using System.Globalization;
using System.Text;

namespace Gptx.Templates;

/// <summary>What Python says of characters.</summary>
internal static class PythonCharacters
{
    /// <summary>White space as <c>str.isspace</c>, <c>str.strip</c> and <c>\s</c> know it: Unicode's, and the separators U+001C to U+001F.</summary>
    public static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1c' and <= '\x1f';

    /// <summary>Where <c>str.splitlines</c> breaks.</summary>
    public static bool IsLineBreak(char character) => character is '\n' or '\r' or '\v' or '\f' or (>= '\x1c' and <= '\x1e') or '\x85' or '\u2028' or '\u2029';

    public static bool IsPrintable(int codePoint) => codePoint == ' ' || (Category(codePoint) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator));

    public static bool IsLetter(int codePoint) => Category(codePoint) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    public static bool IsDecimal(int codePoint) => Category(codePoint) == UnicodeCategory.DecimalDigitNumber;

    public static bool IsDigit(int codePoint) => IsDecimal(codePoint) || CharUnicodeInfo.GetDigitValue(char.ConvertFromUtf32(Scalar(codePoint)), 0) >= 0;

    public static bool IsNumeric(int codePoint) => IsDigit(codePoint) || CharUnicodeInfo.GetNumericValue(char.ConvertFromUtf32(Scalar(codePoint)), 0) != -1;

    public static bool IsAlphanumeric(int codePoint) => IsLetter(codePoint) || IsNumeric(codePoint);

    /// <summary>A character of <c>\w</c>.</summary>
    public static bool IsWord(int codePoint) => codePoint == '_' || IsAlphanumeric(codePoint);

    public static bool StartsName(int codePoint) => codePoint == '_' || IsLetter(codePoint) || Category(codePoint) == UnicodeCategory.LetterNumber;

    public static bool ContinuesName(int codePoint) => StartsName(codePoint)
        || Category(codePoint) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation
        || codePoint is 0xB7 or 0x387;

    public static bool IsUpper(int codePoint) => Category(codePoint) == UnicodeCategory.UppercaseLetter || codePoint is (>= 0x2160 and <= 0x216F) or (>= 0x24B6 and <= 0x24CF);

    public static bool IsTitle(int codePoint) => Category(codePoint) == UnicodeCategory.TitlecaseLetter;

    public static bool IsLower(int codePoint) => Category(codePoint) == UnicodeCategory.LowercaseLetter
        || codePoint is 0xAA or 0xBA or (>= 0x2170 and <= 0x217F) or (>= 0x24D0 and <= 0x24E9) or (>= 0x2B0 and <= 0x2B8) or (>= 0x2C0 and <= 0x2C1) or (>= 0x2E0 and <= 0x2E4)
        or 0x345 or 0x37A or (>= 0x1D2C and <= 0x1D6A) or 0x1D78 or (>= 0x1D9B and <= 0x1DBF) or 0x2071 or 0x207F or (>= 0x2090 and <= 0x209C);

    /// <summary>The code points of a text; half a pair counts as one.</summary>
    public static IEnumerable<int> CodePoints(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                yield return char.ConvertToUtf32(text[i], text[i + 1]);
                i++;
            }
            else
            {
                yield return text[i];
            }
        }
    }

    public static void Append(StringBuilder text, int codePoint)
    {
        if (codePoint < 0x10000)
        {
            text.Append((char)codePoint);
        }
        else
        {
            text.Append(char.ConvertFromUtf32(codePoint));
        }
    }

    private static UnicodeCategory Category(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint);

    private static int Scalar(int codePoint) => codePoint is >= 0xD800 and <= 0xDFFF ? 0xFFFD : codePoint;
}
