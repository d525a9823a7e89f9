using System.Text;

namespace Gptx.Tokenization;

/// <summary>The tokens of pieces: out of the cache, or by the model, in GPT-2's byte alphabet where the last pre-tokenizer writes that. For one thread at a time.</summary>
internal sealed class PieceEncoder
{
    private readonly ITokenizerModel _model;
    private readonly bool _inBytes;
    private readonly PieceCache _cache = new();
    private readonly PieceTokens _tokens = new();
    private readonly PieceTokens _part = new();
    private char[] _bytes = new char[256];

    public PieceEncoder(ITokenizerModel model, bool inBytes)
    {
        _model = model;
        _inBytes = inBytes;
    }

    /// <summary>Adds the ids of a piece.</summary>
    public void AddIds(ReadOnlySpan<char> piece, IdBuffer ids)
    {
        if (!PieceCache.Fits(piece))
        {
            ids.Add(Encode(piece));
            return;
        }

        ref PieceCache.Slot slot = ref _cache.Find(piece, out PieceCache.Key key);
        if (slot.Holds(key))
        {
            ids.Add(slot.Ids, slot.Count);
        }
        else
        {
            ids.Add(EncodeAndKeep(piece, key));
        }
    }

    /// <summary>The tokens of a piece, with places relative to it; good until the next call.</summary>
    public ReadOnlySpan<ModelToken> Tokens(ReadOnlySpan<char> piece)
    {
        if (!PieceCache.Fits(piece))
        {
            return Encode(piece);
        }

        ref PieceCache.Slot slot = ref _cache.Find(piece, out PieceCache.Key key);
        if (!slot.Holds(key))
        {
            return EncodeAndKeep(piece, key);
        }

        _tokens.Clear();
        for (int i = 0; i < slot.Count; i++)
        {
            _tokens.Add(slot[i]);
        }

        return _tokens.Span;
    }

    private ReadOnlySpan<ModelToken> EncodeAndKeep(ReadOnlySpan<char> piece, scoped in PieceCache.Key key)
    {
        ReadOnlySpan<ModelToken> tokens = Encode(piece);
        Keep(key, tokens);
        return tokens;
    }

    private void Keep(in PieceCache.Key key, ReadOnlySpan<ModelToken> tokens)
    {
        bool fits = tokens.Length <= PieceCache.MostTokens;
        foreach (ModelToken token in tokens)
        {
            fits &= !token.IsSurface;
        }

        if (fits)
        {
            _cache.Add(key, tokens);
        }
    }

    private ReadOnlySpan<ModelToken> Encode(ReadOnlySpan<char> piece)
    {
        _tokens.Clear();
        if (_inBytes && !Ascii.IsValid(piece) && _model is BpeModel { Borders: { } borders } && borders.Know(piece))
        {
            for (int start = 0, end; start < piece.Length; start = end)
            {
                end = borders.Next(piece, start + 1);
                AddPart(piece[start..end], start);
            }
        }
        else
        {
            EncodeWhole(piece, _tokens);
        }

        return _tokens.Span;
    }

    private void AddPart(ReadOnlySpan<char> part, int start)
    {
        if (!PieceCache.Fits(part))
        {
            _part.Clear();
            EncodeWhole(part, _part);
        }
        else
        {
            ref PieceCache.Slot slot = ref _cache.Find(part, out PieceCache.Key key);
            if (slot.Holds(key))
            {
                for (int i = 0; i < slot.Count; i++)
                {
                    _tokens.Add(slot[i].Shifted(start));
                }

                return;
            }

            _part.Clear();
            EncodeWhole(part, _part);
            Keep(key, _part.Span);
        }

        foreach (ModelToken token in _part.Span)
        {
            _tokens.Add(token.Shifted(start));
        }
    }

    private void EncodeWhole(ReadOnlySpan<char> piece, PieceTokens tokens)
    {
        if (!_inBytes)
        {
            _model.Tokenize(piece, tokens);
        }
        else if (Ascii.IsValid(piece))
        {
            _model.Tokenize(InAlphabet(piece), tokens);
        }
        else
        {
            _model.Tokenize(Utf8InAlphabet(piece), tokens);
            PlaceInPiece(piece, tokens.Span);
        }
    }

    private ReadOnlySpan<char> InAlphabet(ReadOnlySpan<char> piece)
    {
        char[] room = Room(piece.Length);
        for (int i = 0; i < piece.Length; i++)
        {
            room[i] = ByteAlphabet.CharacterOf((byte)piece[i]);
        }

        return room.AsSpan(0, piece.Length);
    }

    private ReadOnlySpan<char> Utf8InAlphabet(ReadOnlySpan<char> piece)
    {
        char[] room = Room(3 * piece.Length);
        int written = 0;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in piece.EnumerateRunes())
        {
            int count = rune.EncodeToUtf8(utf8);
            for (int i = 0; i < count; i++)
            {
                room[written++] = ByteAlphabet.CharacterOf(utf8[i]);
            }
        }

        return room.AsSpan(0, written);
    }

    // From places in bytes, in order, to places in the piece: a token with some of a character's bytes has all of the character.
    private static void PlaceInPiece(ReadOnlySpan<char> piece, Span<ModelToken> tokens)
    {
        int unit = 0;
        int firstByte = 0;
        Rune.DecodeFromUtf16(piece, out Rune rune, out int width);
        foreach (ref ModelToken token in tokens)
        {
            Seek(piece, token.Start, ref unit, ref firstByte, ref rune, ref width);
            int start = unit;
            Seek(piece, token.End - 1, ref unit, ref firstByte, ref rune, ref width);
            token = token with { Start = start, End = unit + width };
        }
    }

    private static void Seek(ReadOnlySpan<char> piece, int target, ref int unit, ref int firstByte, ref Rune rune, ref int width)
    {
        while (firstByte + rune.Utf8SequenceLength <= target && unit + width < piece.Length)
        {
            unit += width;
            firstByte += rune.Utf8SequenceLength;
            Rune.DecodeFromUtf16(piece[unit..], out rune, out width);
        }
    }

    private char[] Room(int length)
    {
        const int MostKept = 1 << 16;
        if (length > _bytes.Length || _bytes.Length > MostKept)
        {
            _bytes = new char[Math.Max(length, 256)];
        }

        return _bytes;
    }
}
