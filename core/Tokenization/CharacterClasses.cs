using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>Classes of characters as the reference's regular expressions define them.</summary>
internal static class CharacterClasses
{
    /// <summary><c>\w</c>: Alphabetic, marks, decimal digits, connector punctuation and the two joiners (Unicode TR18).</summary>
    public static bool IsWord(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value == '_';
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation => true,
            UnicodeCategory.OtherSymbol => IsAlphabeticSymbol(rune.Value),
            _ => rune.Value is 0x200C or 0x200D,
        };
    }

    /// <summary>Whether the text's first character is of class <c>\w</c>.</summary>
    public static bool BeginsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out Rune rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    /// <summary>Whether the text's last character is of class <c>\w</c>.</summary>
    public static bool EndsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeLastFromUtf16(text, out Rune rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    // Circled, squared and negative letters: symbols with the property Other_Alphabetic.
    private static bool IsAlphabeticSymbol(int value) =>
        value is (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);
}
