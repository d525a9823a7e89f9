using System.Runtime.CompilerServices;

namespace Gptx.Tokenization;

/// <summary>The merges of a BPE: which token a pair of tokens becomes, and how early. Open addressing, at most half full.</summary>
internal sealed class MergeTable
{
    // Ranks are held plus 1, so that fresh memory is empty.
    private const int Empty = 0;

    private ulong[] _pairs = new ulong[1024];
    private int[] _ranks = new int[1024];
    private int[] _merged = new int[1024];
    private int _count;

    /// <summary>Sets what a pair becomes. Of two merges of one pair the later counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(int left, int right, int rank, int merged)
    {
        if (2 * _count >= _pairs.Length)
        {
            Rehash();
        }

        ulong pair = Pair(left, right);
        int slot = SlotOf(pair);
        _count += _ranks[slot] == Empty ? 1 : 0;
        Put(slot, pair, rank + 1, merged);
    }

    public bool TryGet(int left, int right, out int rank, out int merged)
    {
        int slot = SlotOf(Pair(left, right));
        rank = _ranks[slot] - 1;
        merged = _merged[slot];
        return rank >= 0;
    }

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int SlotOf(ulong pair)
    {
        int mask = _pairs.Length - 1;
        int slot = (int)((pair * 0x9E37_79B9_7F4A_7C15UL) >> 32) & mask;
        while (_ranks[slot] != Empty && _pairs[slot] != pair)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Put(int slot, ulong pair, int rank, int merged)
    {
        _pairs[slot] = pair;
        _ranks[slot] = rank;
        _merged[slot] = merged;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rehash()
    {
        (ulong[] pairs, int[] ranks, int[] merged) = (_pairs, _ranks, _merged);
        _pairs = new ulong[4 * pairs.Length];
        _ranks = new int[_pairs.Length];
        _merged = new int[_pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            if (ranks[i] != Empty)
            {
                Put(SlotOf(pairs[i]), pairs[i], ranks[i], merged[i]);
            }
        }
    }
}
