using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>What GPT-2 and its heirs tell apart.</summary>
internal enum CharacterKind : byte
{
    /// <summary>All else: signs, marks, controls.</summary>
    Other,

    /// <summary><c>\p{L}</c>.</summary>
    Letter,

    /// <summary><c>\p{N}</c>.</summary>
    Number,

    /// <summary><c>\s</c>.</summary>
    Space,
}

/// <summary>The kinds of characters, by a table for what is not beyond U+FFFF.</summary>
internal static class CharacterKinds
{
    private static readonly byte[] Table = MakeTable();

    /// <summary>The kind of the character at an index, and its width in UTF-16 units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharacterKind At(ReadOnlySpan<char> text, int index, out int width)
    {
        char unit = text[index];
        width = 1;
        return char.IsSurrogate(unit) ? Beyond(text[index..], out width) : (CharacterKind)Table[unit];
    }

    /// <summary>Where a run of one kind ends that has come up to an index.</summary>
    public static int EndOfRun(ReadOnlySpan<char> text, int from, CharacterKind kind)
    {
        byte[] table = Table;
        for (; from < text.Length; from++)
        {
            char unit = text[from];
            if (table[unit] == (byte)kind)
            {
                continue;
            }

            if (!char.IsSurrogate(unit) || Beyond(text[from..], out int width) != kind)
            {
                break;
            }

            from += width - 1;
        }

        return from;
    }

    private static CharacterKind Beyond(ReadOnlySpan<char> text, out int width)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out width);
        return Of(Rune.GetUnicodeCategory(rune), Rune.IsWhiteSpace(rune));
    }

    private static CharacterKind Of(UnicodeCategory category, bool isSpace) => category switch
    {
        _ when isSpace => CharacterKind.Space,
        <= UnicodeCategory.OtherLetter => CharacterKind.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterKind.Number,
        _ => CharacterKind.Other,
    };

    // Surrogates are of no kind: they have a value of their own, so that runs stop at them to look.
    private static byte[] MakeTable()
    {
        var table = new byte[0x10000];
        for (int value = 0; value < table.Length; value++)
        {
            char unit = (char)value;
            table[value] = char.IsSurrogate(unit) ? byte.MaxValue : (byte)Of(CharUnicodeInfo.GetUnicodeCategory(unit), char.IsWhiteSpace(unit));
        }

        return table;
    }
}
