using System.Text;

namespace Gptx.Tokenization;

/// <summary>Byte pair encoding (Sennrich et al. 2016): characters, merged pair by pair in the order in which training learnt the pairs.</summary>
internal sealed class BpeModel : ITokenizerModel
{
    private readonly TokenTable _vocabulary;
    private readonly MergeTable _merges;
    private readonly BpeOptions _options;
    private readonly bool _plain;
    private readonly Lazy<ByteBorders?> _borders;

    // The ids of single characters below U+0200, which hold the byte alphabet; -1 where there is none.
    private readonly int[] _singles = new int[0x200];

    public BpeModel(TokenTable vocabulary, MergeTable merges, BpeOptions options)
    {
        _vocabulary = vocabulary;
        _merges = merges;
        _options = options;
        _plain = options.ContinuingSubwordPrefix.Length == 0 && options.EndOfWordSuffix.Length == 0;
        for (int unit = 0; unit < _singles.Length; unit++)
        {
            _singles[unit] = vocabulary.TryGetId([(char)unit], out int id) ? id : -1;
        }

        _borders = new Lazy<ByteBorders?>(() => _plain && !options.IgnoreMerges && vocabulary.HasUniqueIds() ? new ByteBorders(vocabulary) : null);
    }

    /// <summary>Where pieces in the byte alphabet fall apart anyway; null where merges are not plain.</summary>
    public ByteBorders? Borders => _borders.Value;

    public void Tokenize(ReadOnlySpan<char> piece, PieceTokens tokens)
    {
        if (_options.IgnoreMerges && _vocabulary.TryGetId(piece, out int whole))
        {
            tokens.Add(new ModelToken(whole, 0, piece.Length));
            return;
        }

        BpeWord word = BpeWord.Rent();
        Merge(piece, word, tokens);
        BpeWord.Return(word);
    }

    private void Merge(ReadOnlySpan<char> piece, BpeWord word, PieceTokens tokens)
    {
        bool inBytes = !TryAddSingles(piece, word) && !TryAddSymbols(piece, word, inBytes: false);
        if (inBytes)
        {
            word.Clear();
            TryAddSymbols(piece, word, inBytes);
        }

        if (!_options.NoMerges)
        {
            word.MergeAll(_merges);
        }

        Utf8Positions? positions = inBytes ? new Utf8Positions(piece) : null;
        int start = 0;
        foreach (ref readonly BpeWord.Symbol symbol in word.Symbols)
        {
            (int begin, int end) = positions?.ToUtf16(start, start + symbol.Length) ?? (start, start + symbol.Length);
            tokens.Add(new ModelToken(symbol.Id, begin, end));
            start += symbol.Length;
        }
    }

    private bool TryAddSingles(ReadOnlySpan<char> piece, BpeWord word)
    {
        if (!_plain)
        {
            return false;
        }

        foreach (char unit in piece)
        {
            int id = unit < _singles.Length ? _singles[unit] : -1;
            if (id < 0)
            {
                word.Clear();
                return false;
            }

            word.Add(id, 1);
        }

        return true;
    }

    /// <summary>
    /// Adds the symbols of a piece with their lengths in UTF-16 units. Where a character vanishes or falls apart into bytes it gives up:
    /// the reference then counts UTF-8 bytes, and so must the second try.
    /// </summary>
    private bool TryAddSymbols(ReadOnlySpan<char> piece, BpeWord word, bool inBytes)
    {
        (int Id, int Length)? unknown = null;
        for (int i = 0, width; i < piece.Length; i += width)
        {
            Rune.DecodeFromUtf16(piece[i..], out Rune rune, out width);
            int length = inBytes ? rune.Utf8SequenceLength : width;
            string? decorated = _plain ? null : Decorated(piece.Slice(i, width), i == 0, i + width == piece.Length);
            if (_vocabulary.TryGetId(decorated ?? piece.Slice(i, width), out int id))
            {
                Flush(ref unknown, word);
                word.Add(id, length);
                continue;
            }

            bool vanishes = _options.UnknownToken is null;
            if (!inBytes && (_options.ByteFallback || vanishes))
            {
                return false;
            }

            if ((_options.ByteFallback && TryAddBytes(decorated ?? rune.ToString(), word)) || vanishes)
            {
                continue;
            }

            if (_options.FuseUnknown && unknown is { } pending)
            {
                unknown = (pending.Id, pending.Length + length);
                continue;
            }

            Flush(ref unknown, word);
            unknown = (UnknownId(), length);
        }

        Flush(ref unknown, word);
        return true;
    }

    private static void Flush(ref (int Id, int Length)? unknown, BpeWord word)
    {
        if (unknown is { } pending)
        {
            word.Add(pending.Id, pending.Length);
            unknown = null;
        }
    }

    private string Decorated(ReadOnlySpan<char> symbol, bool isFirst, bool isLast) =>
        string.Concat(isFirst ? "" : _options.ContinuingSubwordPrefix, symbol, isLast ? _options.EndOfWordSuffix : "");

    private bool TryAddBytes(string symbol, BpeWord word)
    {
        if (!ByteTokens.TryFind(_vocabulary, symbol, out int[] ids, out _))
        {
            return false;
        }

        foreach (int id in ids)
        {
            word.Add(id, 1);
        }

        return true;
    }

    private int UnknownId()
    {
        return _vocabulary.TryGetId(_options.UnknownToken, out int id)
            ? id
            : throw new GptxException(
                GptxErrorKind.InvalidInput,
                "UnknownTokenMissing",
                $"The text has a character that the vocabulary lacks, and the tokenizer's unk_token '{_options.UnknownToken}' is not in the vocabulary either.");
    }
}
