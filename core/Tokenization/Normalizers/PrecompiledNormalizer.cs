using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// SentencePiece's own normalization: a table of texts and what they become, as a double-array trie (Darts) whose values are places in
/// a run of texts that end in 0.
/// </summary>
internal sealed class PrecompiledNormalizer : INormalizer
{
    // Longer clusters are looked up letter by letter.
    private const int LongestCluster = 5;

    private readonly uint[] _trie;
    private readonly byte[] _texts;

    private PrecompiledNormalizer(uint[] trie, byte[] texts)
    {
        _trie = trie;
        _texts = texts;
    }

    /// <summary>Reads a map: the trie's size in bytes, the trie, the texts.</summary>
    public static bool TryRead(ReadOnlySpan<byte> map, [NotNullWhen(true)] out PrecompiledNormalizer? normalizer)
    {
        normalizer = null;
        if (map.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(map) is var size && (size < 4 || size > map.Length - 4))
        {
            return false;
        }

        var trie = new uint[size / 4];
        for (int i = 0; i < trie.Length; i++)
        {
            trie[i] = BinaryPrimitives.ReadUInt32LittleEndian(map[(4 + (4 * i))..]);
        }

        byte[] texts = map[(4 + (4 * trie.Length))..].ToArray();
        bool isValid = System.Text.Unicode.Utf8.IsValid(texts);
        normalizer = isValid ? new PrecompiledNormalizer(trie, texts) : null;
        return isValid;
    }

    public AlignedText Normalize(AlignedText text)
    {
        var changes = new List<(Rune Rune, int Change)>(text.Length);
        bool modified = false;
        Span<char> units = stackalloc char[2];
        ReadOnlySpan<char> rest = text.Span;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<char> cluster = rest[..StringInfo.GetNextTextElementLength(rest)];
            rest = rest[cluster.Length..];
            if (TryReplace(cluster, LongestCluster, changes))
            {
                modified = true;
                continue;
            }

            foreach (Rune rune in cluster.EnumerateRunes())
            {
                if (TryReplace(units[..rune.EncodeToUtf16(units)], LongestCluster, changes))
                {
                    modified = true;
                }
                else
                {
                    changes.Add((rune, 0));
                }
            }
        }

        return modified ? Rewritten(text, changes) : text;
    }

    private static AlignedText Rewritten(AlignedText text, List<(Rune Rune, int Change)> changes)
    {
        var rewriter = new TextRewriter(text);
        foreach ((Rune rune, int change) in changes)
        {
            rewriter.Write(rune, change);
        }

        return rewriter.ToText();
    }

    // What the part becomes takes its characters' places one by one. More are put in; fewer take the others into the last one's place,
    // and if there are none at all, into the place of the one before.
    private bool TryReplace(ReadOnlySpan<char> part, int longest, List<(Rune Rune, int Change)> changes)
    {
        Span<byte> utf8 = stackalloc byte[longest];
        if (!Encoding.UTF8.TryGetBytes(part, utf8, out int length) || !TryFind(utf8[..length], out string? by))
        {
            return false;
        }

        int old = 0;
        foreach (Rune _ in part.EnumerateRunes())
        {
            old++;
        }

        int count = 0;
        foreach (Rune rune in by.EnumerateRunes())
        {
            changes.Add((rune, count++ < old ? 0 : 1));
        }

        if (count < old && changes.Count > 0)
        {
            ref (Rune Rune, int Change) last = ref CollectionsMarshal.AsSpan(changes)[^1];
            last.Change -= old - count;
        }

        return true;
    }

    // The shortest entry that the key begins with, as the reference does it.
    private bool TryFind(ReadOnlySpan<byte> key, [NotNullWhen(true)] out string? text)
    {
        text = null;
        uint node = Offset(_trie[0]);
        foreach (byte value in key)
        {
            node ^= value;
            if (value == 0 || node >= _trie.Length || (_trie[node] & 0x8000_00FF) != value)
            {
                return false;
            }

            bool hasLeaf = (_trie[node] & 0x100) != 0;
            node ^= Offset(_trie[node]);
            if (hasLeaf && node < _trie.Length)
            {
                int start = (int)(_trie[node] & 0x7FFF_FFFF);
                int length = start < _texts.Length ? _texts.AsSpan(start).IndexOf((byte)0) : -1;
                text = length < 0 ? null : Encoding.UTF8.GetString(_texts, start, length);
                return text is not null;
            }
        }

        return false;
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}
