using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// What a normalizer makes of each character by itself, for characters of one UTF-16 unit: found by asking the normalizer once, a page
/// of 256 characters at a time, and then looked up.
/// </summary>
internal sealed class CharacterMap
{
    /// <summary>Stands for a character that is none by itself, or becomes several: the normalizer must be asked.</summary>
    public const char Ask = '\uFFFF';

    private readonly INormalizer _normalizer;
    private readonly char[]?[] _pages = new char[]?[256];

    /// <summary>Makes a map.</summary>
    /// <param name="normalizer">A normalizer that rewrites each character for itself, but for marks behind a letter.</param>
    public CharacterMap(INormalizer normalizer)
    {
        _normalizer = normalizer;
    }

    /// <summary>What a unit becomes, or <see cref="Ask"/>.</summary>
    public char this[char unit] => (Volatile.Read(ref _pages[unit >> 8]) ?? MakePage(unit >> 8))[unit & 0xFF];

    private char[] MakePage(int page)
    {
        var map = new char[256];
        for (int i = 0; i < map.Length; i++)
        {
            char unit = (char)((page << 8) + i);
            map[i] = char.IsSurrogate(unit) || IsMark(new Rune(unit)) ? Ask : Become(unit);
        }

        Volatile.Write(ref _pages[page], map);
        return map;
    }

    private char Become(char unit)
    {
        AlignedText result = _normalizer.Normalize(new AlignedText([unit]));
        return result.Length == 1 && !char.IsSurrogate(result.Span[0]) && !IsMark(new Rune(result.Span[0])) ? result.Span[0] : Ask;
    }

    // Marks change places with one another.
    private static bool IsMark(Rune rune) => UnicodeData.Instance.ClassOf(rune) != 0;
}
