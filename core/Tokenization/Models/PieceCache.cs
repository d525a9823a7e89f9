using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Gptx.Tokenization;

/// <summary>The tokens of pieces seen before. Bounded: at most 32,768 short pieces, about 30 MB at the very worst; safe for several threads.</summary>
internal sealed class PieceCache
{
    private const int Capacity = 32768;
    private const int LongestPiece = 64;

    private readonly ConcurrentDictionary<string, ModelToken[]> _pieces = new();
    private readonly ConcurrentDictionary<string, ModelToken[]>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private int _count;

    public PieceCache()
    {
        _bySpan = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public bool TryGet(ReadOnlySpan<char> piece, [NotNullWhen(true)] out ModelToken[]? tokens)
    {
        tokens = null;
        return piece.Length <= LongestPiece && _bySpan.TryGetValue(piece, out tokens);
    }

    /// <summary>Keeps a piece's tokens, unless the piece is long or the cache is full.</summary>
    public void Add(ReadOnlySpan<char> piece, ModelToken[] tokens)
    {
        if (piece.Length <= LongestPiece && Volatile.Read(ref _count) < Capacity && _bySpan.TryAdd(piece, tokens))
        {
            Interlocked.Increment(ref _count);
        }
    }
}
