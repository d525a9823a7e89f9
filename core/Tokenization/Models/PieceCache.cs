using System.Diagnostics.CodeAnalysis;

namespace Gptx.Tokenization;

/// <summary>
/// The tokens of pieces seen before: one slot for each of 32,768 hashes, about 30 MB at the very worst. A newer piece takes the slot.
/// Safe for several threads, since a slot is one reference.
/// </summary>
internal sealed class PieceCache
{
    private const int LongestPiece = 64;

    private readonly Entry?[] _slots = new Entry?[32768];

    public bool TryGet(ReadOnlySpan<char> piece, [NotNullWhen(true)] out ModelToken[]? tokens)
    {
        tokens = null;
        if (piece.Length <= LongestPiece
            && Volatile.Read(ref SlotOf(piece)) is { } entry
            && piece.SequenceEqual(entry.Piece))
        {
            tokens = entry.Tokens;
        }

        return tokens is not null;
    }

    /// <summary>Keeps a piece's tokens, unless the piece is long.</summary>
    public void Add(ReadOnlySpan<char> piece, ModelToken[] tokens)
    {
        if (piece.Length <= LongestPiece)
        {
            Volatile.Write(ref SlotOf(piece), new Entry(piece.ToString(), tokens));
        }
    }

    private ref Entry? SlotOf(ReadOnlySpan<char> piece) => ref _slots[string.GetHashCode(piece, StringComparison.Ordinal) & (_slots.Length - 1)];

    private sealed record Entry(string Piece, ModelToken[] Tokens);
}
