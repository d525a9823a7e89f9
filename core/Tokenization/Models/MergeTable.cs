using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>The merges of a BPE: which token a pair of tokens becomes, and how early. Open addressing, at most half full.</summary>
internal sealed class MergeTable
{
    // Ranks are held plus 1, so that fresh memory is empty.
    private const int Empty = 0;

    private Entry[] _entries = new Entry[1024];
    private int _count;

    /// <summary>Sets what a pair becomes. Of two merges of one pair the later counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(int left, int right, int rank, int merged)
    {
        if (2 * _count >= _entries.Length)
        {
            Rehash();
        }

        ulong pair = Pair(left, right);
        ref Entry entry = ref EntryOf(pair);
        _count += entry.Rank == Empty ? 1 : 0;
        entry = new Entry(pair, rank + 1, merged);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(int left, int right, out int rank, out int merged)
    {
        ref Entry entry = ref EntryOf(Pair(left, right));
        rank = entry.Rank - 1;
        merged = entry.Merged;
        return rank >= 0;
    }

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry EntryOf(ulong pair)
    {
        Entry[] entries = _entries;
        int mask = entries.Length - 1;
        int slot = (int)((pair * 0x9E37_79B9_7F4A_7C15UL) >> 32) & mask;
        while (entries[slot].Rank != Empty && entries[slot].Pair != pair)
        {
            slot = (slot + 1) & mask;
        }

        return ref entries[slot];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rehash()
    {
        Entry[] old = _entries;
        _entries = new Entry[4 * old.Length];
        foreach (ref readonly Entry entry in old.AsSpan())
        {
            if (entry.Rank != Empty)
            {
                EntryOf(entry.Pair) = entry;
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Entry(ulong Pair, int Rank, int Merged);
}
