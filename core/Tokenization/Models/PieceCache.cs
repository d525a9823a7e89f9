using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>
/// The tokens of pieces seen before. Short pieces of few tokens, which nearly all pieces of a text are, lie with their tokens in one
/// slot of 64 bytes; a newer piece takes the slot. At most 2 MB. For one thread at a time.
/// </summary>
internal sealed class PieceCache
{
    /// <summary>The longest piece that is kept, in UTF-16 units.</summary>
    public const int LongestPiece = 16;

    /// <summary>The most tokens of a piece that is kept.</summary>
    public const int MostTokens = 6;

    private const int MostSlots = 32768;

    private Slot[] _slots = new Slot[2048];
    private int _added;

    /// <summary>Whether a piece can be kept at all; only then may it be looked up.</summary>
    public static bool Fits(ReadOnlySpan<char> piece) => (uint)(piece.Length - 1) < LongestPiece;

    /// <summary>The piece's slot: it holds the piece, or is where <see cref="Add"/> puts it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Slot Find(ReadOnlySpan<char> piece, out Key key)
    {
        key = Key.Of(piece);
        return ref _slots[key.Hash & (uint)(_slots.Length - 1)];
    }

    /// <summary>Keeps a piece's tokens.</summary>
    public void Add(in Key key, ReadOnlySpan<ModelToken> tokens)
    {
        if (++_added > _slots.Length && _slots.Length < MostSlots)
        {
            _slots = new Slot[4 * _slots.Length];
            _added = 0;
        }

        _slots[key.Hash & (uint)(_slots.Length - 1)].Set(key, tokens);
    }

    /// <summary>A piece of 1 to 16 units in 32 bytes: with the length, its first and last 8 units (of a shorter one 4, or all 3) are all there is.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly struct Key
    {
        private Key(ulong a, ulong b, ulong c, ulong d, int length)
        {
            (A, B, C, D, Length) = (a, b, c, d, length);
            ulong mixed = ((a ^ BitOperations.RotateLeft(c, 29)) * 0x9E37_79B9_7F4A_7C15UL)
                + ((b ^ BitOperations.RotateLeft(d, 31)) * 0xC2B2_AE3D_27D4_EB4FUL)
                + (ulong)length;
            mixed ^= mixed >> 32;
            Hash = (uint)((mixed * 0xD6E8_FEB8_6659_FD93UL) >> 32);
        }

        public ulong A { get; }

        public ulong B { get; }

        public ulong C { get; }

        public ulong D { get; }

        public int Length { get; }

        public uint Hash { get; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Key Of(ReadOnlySpan<char> piece)
        {
            ref char first = ref MemoryMarshal.GetReference(piece);
            int length = piece.Length;
            if (length >= 8)
            {
                return new Key(Four(ref first, 0), Four(ref first, length - 4), Four(ref first, 4), Four(ref first, length - 8), length);
            }

            return length >= 4
                ? new Key(Four(ref first, 0), Four(ref first, length - 4), 0, 0, length)
                : new Key(first | ((ulong)Unsafe.Add(ref first, length / 2) << 16), Unsafe.Add(ref first, length - 1), 0, 0, length);
        }

        private static ulong Four(ref char first, int index) =>
            Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref Unsafe.Add(ref first, index)));
    }

    /// <summary>A piece and its tokens.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Slot
    {
        private ulong _a;
        private ulong _b;
        private ulong _c;
        private ulong _d;
        private IdArray _ids;
        private PlaceArray _places;
        private byte _length;
        private byte _count;

        /// <summary>The number of tokens.</summary>
        public readonly int Count => _count;

        /// <summary>The ids of the tokens; what lies behind <see cref="Count"/> means nothing.</summary>
        [UnscopedRef]
        public readonly ReadOnlySpan<int> Ids => _ids;

        /// <summary>A token and its place.</summary>
        public readonly ModelToken this[int index] => new(_ids[index], _places[index] >> 4, (_places[index] & 15) + 1);

        /// <summary>Whether the slot holds this piece.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly bool Holds(in Key key) => _a == key.A && _b == key.B && _c == key.C && _d == key.D && _length == key.Length;

        public void Set(in Key key, ReadOnlySpan<ModelToken> tokens)
        {
            (_a, _b, _c, _d) = (key.A, key.B, key.C, key.D);
            _length = (byte)key.Length;
            _count = (byte)tokens.Length;
            for (int i = 0; i < tokens.Length; i++)
            {
                _ids[i] = tokens[i].Id;
                _places[i] = (byte)((tokens[i].Start << 4) | (tokens[i].End - 1));
            }
        }
    }

    [InlineArray(MostTokens)]
    private struct IdArray
    {
        private int _first;
    }

    [InlineArray(MostTokens)]
    private struct PlaceArray
    {
        private byte _first;
    }
}
