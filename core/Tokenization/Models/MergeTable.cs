namespace Gptx.Tokenization;

/// <summary>The merges of a BPE: which token a pair of tokens becomes, and how early. Open addressing, at most half full.</summary>
internal sealed class MergeTable
{
    private readonly ulong[] _pairs;
    private readonly (int Rank, int Merged)[] _merges;
    private readonly int _shift;

    public MergeTable(int count)
    {
        int bits = Math.Max(4, System.Numerics.BitOperations.Log2((uint)Math.Max(1, count)) + 2);
        _pairs = new ulong[1 << bits];
        _merges = new (int, int)[1 << bits];
        Array.Fill(_merges, (-1, 0));
        _shift = 64 - bits;
    }

    /// <summary>Sets what a pair becomes. Of two merges of one pair the later counts.</summary>
    public void Set(int left, int right, int rank, int merged)
    {
        ulong pair = Pair(left, right);
        int slot = SlotOf(pair);
        _pairs[slot] = pair;
        _merges[slot] = (rank, merged);
    }

    public bool TryGet(int left, int right, out int rank, out int merged)
    {
        (rank, merged) = _merges[SlotOf(Pair(left, right))];
        return rank >= 0;
    }

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private int SlotOf(ulong pair)
    {
        int slot = (int)((pair * 0x9E37_79B9_7F4A_7C15UL) >> _shift);
        while (_merges[slot].Rank >= 0 && _pairs[slot] != pair)
        {
            slot = (slot + 1) & (_pairs.Length - 1);
        }

        return slot;
    }
}
