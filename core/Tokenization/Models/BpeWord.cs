using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>
/// A piece as BPE sees it: symbols that are merged pair by pair, the earliest merge first, leftmost first. Short pieces look through all
/// pairs for each merge; long ones keep pairs in a queue, so that a megabyte without a space takes O(n log n). For one thread at a time.
/// </summary>
internal sealed class BpeWord
{
    private const int None = -1;
    private const int NoMerge = int.MaxValue;

    // Up to so many symbols, looking through all pairs is faster than a queue.
    private const int Short = 100;
    private const int MostKept = 1 << 16;

    [ThreadStatic]
    private static BpeWord? _spare;

    private Symbol[] _symbols = new Symbol[64];
    private readonly int[] _ranks = new int[Short + 1];
    private int _count;

    /// <summary>How many pairs were looked up in all, for tests of how work grows.</summary>
    internal long Lookups { get; private set; }

    /// <summary>An empty word, which this thread has alone until it gives it back.</summary>
    public static BpeWord Rent()
    {
        BpeWord word = _spare ?? new BpeWord();
        _spare = null;
        word._count = 0;
        return word;
    }

    /// <summary>Gives a word back, unless it has become large.</summary>
    public static void Return(BpeWord word) => _spare = word._symbols.Length > MostKept ? null : word;

    /// <summary>Takes all symbols out.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a symbol at the end. Its length is in whatever unit the caller counts in, and not 0.</summary>
    public void Add(int id, int length)
    {
        if (_count == _symbols.Length)
        {
            Array.Resize(ref _symbols, 2 * _count);
        }

        _symbols[_count] = new Symbol { Id = id, Length = length };
        _count++;
    }

    /// <summary>Merges until no pair has a merge.</summary>
    public void MergeAll(MergeTable merges)
    {
        if (_count <= Short)
        {
            MergeShort(merges);
        }
        else
        {
            MergeLong(merges);
        }
    }

    /// <summary>The symbols that are left, in order.</summary>
    public ReadOnlySpan<Symbol> Symbols => _symbols.AsSpan(0, _count);

    // The rank of each pair lies at its left symbol; merged symbols close up.
    private void MergeShort(MergeTable merges)
    {
        Span<Symbol> symbols = _symbols.AsSpan(0, _count);
        Span<int> ranks = _ranks.AsSpan(0, _count);
        for (int i = 0; i < symbols.Length; i++)
        {
            ranks[i] = RankAt(symbols, i, merges);
        }

        while (symbols.Length > 1)
        {
            int at = SmallestAt(ranks);
            if (ranks[at] == NoMerge)
            {
                break;
            }

            symbols[at].Id = symbols[at].Merged;
            symbols[at].Length += symbols[at + 1].Length;
            symbols[(at + 2)..].CopyTo(symbols[(at + 1)..]);
            ranks[(at + 2)..].CopyTo(ranks[(at + 1)..]);
            symbols = symbols[..^1];
            ranks = ranks[..^1];
            ranks[at] = RankAt(symbols, at, merges);
            if (at > 0)
            {
                ranks[at - 1] = RankAt(symbols, at - 1, merges);
            }
        }

        _count = symbols.Length;
    }

    private int RankAt(Span<Symbol> symbols, int index, MergeTable merges)
    {
        Lookups++;
        if (index + 1 < symbols.Length && merges.TryGet(symbols[index].Id, symbols[index + 1].Id, out int rank, out int merged))
        {
            symbols[index].Merged = merged;
            return rank;
        }

        return NoMerge;
    }

    // The leftmost of the smallest.
    private static int SmallestAt(ReadOnlySpan<int> ranks)
    {
        int at = 0;
        int smallest = ranks[0];
        for (int i = 1; i < ranks.Length; i++)
        {
            if (ranks[i] < smallest)
            {
                smallest = ranks[i];
                at = i;
            }
        }

        return at;
    }

    // Symbols are a chain; those merged into their left neighbour have length 0.
    private void MergeLong(MergeTable merges)
    {
        var queue = new PriorityQueue<int, long>();
        for (int i = 0; i < _count; i++)
        {
            _symbols[i].Previous = i - 1;
            _symbols[i].Next = i + 1 < _count ? i + 1 : None;
        }

        for (int i = 0; i + 1 < _count; i++)
        {
            Propose(i, merges, queue);
        }

        while (queue.TryDequeue(out int merged, out long priority))
        {
            int position = (int)(priority & uint.MaxValue);
            ref Symbol left = ref _symbols[position];
            Lookups++;
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

        CloseUp();
    }

    private void Propose(int position, MergeTable merges, PriorityQueue<int, long> queue)
    {
        Lookups++;
        ref Symbol left = ref _symbols[position];
        if (merges.TryGet(left.Id, _symbols[left.Next].Id, out int rank, out int merged))
        {
            queue.Enqueue(merged, ((long)rank << 32) | (uint)position);
        }
    }

    private void CloseUp()
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_symbols[i].Length > 0)
            {
                _symbols[kept++] = _symbols[i];
            }
        }

        _count = kept;
    }

    [StructLayout(LayoutKind.Auto)]
    internal struct Symbol
    {
        public int Id;
        public int Length;
        public int Previous;
        public int Next;

        /// <summary>What it and its right neighbour become; it shares the room of <see cref="Next"/>, which short words do not need.</summary>
        public int Merged
        {
            readonly get => Next;
            set => Next = value;
        }
    }
}
