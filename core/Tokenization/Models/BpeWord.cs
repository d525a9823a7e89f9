using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>A piece as BPE sees it: a chain of symbols that are merged pair by pair, the earliest merge first, leftmost first.</summary>
internal sealed class BpeWord
{
    private const int None = -1;

    [ThreadStatic]
    private static PriorityQueue<int, long>? _queue;

    private Symbol[] _symbols;
    private int _count;

    public BpeWord(int capacity)
    {
        _symbols = new Symbol[Math.Max(4, capacity)];
    }

    /// <summary>Adds a symbol at the end. Its length is in whatever unit the caller counts in, and not 0.</summary>
    public void Add(int id, int length)
    {
        if (_count == _symbols.Length)
        {
            Array.Resize(ref _symbols, 2 * _count);
        }

        if (_count > 0)
        {
            _symbols[_count - 1].Next = _count;
        }

        _symbols[_count] = new Symbol { Id = id, Length = length, Previous = _count - 1, Next = None };
        _count++;
    }

    /// <summary>Merges until no pair has a merge: O(n log n), so that a megabyte without a space is no trouble.</summary>
    public void MergeAll(MergeTable merges)
    {
        PriorityQueue<int, long> queue = _queue ??= new PriorityQueue<int, long>();
        queue.Clear();
        for (int i = 0; i + 1 < _count; i++)
        {
            Propose(i, merges, queue);
        }

        while (queue.TryDequeue(out int merged, out long priority))
        {
            int position = (int)(priority & uint.MaxValue);
            ref Symbol left = ref _symbols[position];
            if (left.Length == 0
                || left.Next == None
                || !merges.TryGet(left.Id, _symbols[left.Next].Id, out _, out int current)
                || current != merged)
            {
                continue; // out of date: one of the two has been merged since
            }

            ref Symbol right = ref _symbols[left.Next];
            left.Id = merged;
            left.Length += right.Length;
            left.Next = right.Next;
            right.Length = 0;
            if (left.Next != None)
            {
                _symbols[left.Next].Previous = position;
                Propose(position, merges, queue);
            }

            if (left.Previous != None)
            {
                Propose(left.Previous, merges, queue);
            }
        }
    }

    /// <summary>The symbols that are left: ids and lengths, in order.</summary>
    public IEnumerable<(int Id, int Length)> Symbols()
    {
        for (int i = 0; i < _count; i++)
        {
            if (_symbols[i].Length > 0)
            {
                yield return (_symbols[i].Id, _symbols[i].Length);
            }
        }
    }

    private void Propose(int position, MergeTable merges, PriorityQueue<int, long> queue)
    {
        ref Symbol left = ref _symbols[position];
        if (merges.TryGet(left.Id, _symbols[left.Next].Id, out int rank, out int merged))
        {
            queue.Enqueue(merged, ((long)rank << 32) | (uint)position);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Symbol
    {
        public int Id;
        public int Length;
        public int Previous;
        public int Next;
    }
}
