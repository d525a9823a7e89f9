using System.Collections;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// Pairs of bytes that stand side by side in no token of a vocabulary. No merge ever reaches over such a pair, so that what lies left
/// and right of it can be encoded by itself: in GPT-2's vocabulary that is nearly every border of two Chinese characters.
/// </summary>
internal sealed class ByteBorders
{
    private readonly BitArray _inside = new(0x10000);
    private readonly bool[] _known = new bool[256];
    private readonly bool _knowsAll;

    /// <summary>Reads a vocabulary whose tokens are in GPT-2's byte alphabet.</summary>
    public ByteBorders(TokenTable vocabulary)
    {
        for (int value = 0; value < _known.Length; value++)
        {
            _known[value] = vocabulary.TryGetId([ByteAlphabet.CharacterOf((byte)value)], out _);
        }

        _knowsAll = _known.All(known => known);
        for (int i = 0; i < vocabulary.Count; i++)
        {
            int before = -1;
            foreach (char unit in vocabulary.CharactersAt(i))
            {
                int value = ByteAlphabet.ByteOf(unit);
                if (before >= 0 && value >= 0)
                {
                    _inside[(before << 8) + value] = true;
                }

                before = value;
            }
        }
    }

    /// <summary>Whether the vocabulary has all bytes of a text; only then do borders count, since a byte that vanishes moves all behind it.</summary>
    public bool Know(ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        for (int i = 0, width; !_knowsAll && i < text.Length; i += width)
        {
            Rune.DecodeFromUtf16(text[i..], out Rune rune, out width);
            foreach (byte value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                if (!_known[value])
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The first border at or behind an index, where a character begins; the text's end where there is none.</summary>
    public int Next(ReadOnlySpan<char> text, int from)
    {
        for (int i = Math.Max(from, 1); i < text.Length; i++)
        {
            if (!char.IsLowSurrogate(text[i]) && !_inside[(LastByte(text[i - 1]) << 8) + FirstByte(text, i)])
            {
                return i;
            }
        }

        return text.Length;
    }

    // Of UTF-8; the last six bits of a low surrogate are those of its character.
    private static int LastByte(char unit) => unit < 0x80 ? unit : 0x80 | (unit & 0x3F);

    private static int FirstByte(ReadOnlySpan<char> text, int index)
    {
        char unit = text[index];
        return unit < 0x80 ? unit
            : unit < 0x800 ? 0xC0 | (unit >> 6)
            : char.IsHighSurrogate(unit) ? 0xF0 | ((((unit & 0x3FF) << 10) + 0x10000) >> 18)
            : 0xE0 | (unit >> 12);
    }
}
