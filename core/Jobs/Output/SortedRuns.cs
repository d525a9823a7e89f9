using System.Runtime.InteropServices;

namespace Gptx.Jobs.Output;

/// <summary>Pairs of a hash and a place, sorted by both: in memory while they are few, else in runs on disk that are merged.</summary>
internal sealed class SortedRuns(string folder, int mostInMemory = 1 << 20) : IDisposable
{
    private readonly List<(UInt128 Hash, long Place)> _pending = [];
    private readonly List<string> _runs = [];

    /// <summary>Takes a pair.</summary>
    public void Add(UInt128 hash, long place)
    {
        _pending.Add((hash, place));
        if (_pending.Count == mostInMemory)
        {
            _pending.Sort();
            var path = Path.Join(folder, $"ids-{_runs.Count}.run");
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
            file.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_pending)));
            _runs.Add(path);
            _pending.Clear();
        }
    }

    /// <summary>All pairs in order.</summary>
    public IEnumerable<(UInt128 Hash, long Place)> Sorted()
    {
        _pending.Sort();
        var queue = new PriorityQueue<IEnumerator<(UInt128 Hash, long Place)>, (UInt128 Hash, long Place)>();
        foreach (var run in _runs.Select(Read).Append(_pending))
        {
            var pairs = run.GetEnumerator();
            if (pairs.MoveNext())
            {
                queue.Enqueue(pairs, pairs.Current);
            }
        }

        while (queue.TryDequeue(out var first, out var pair))
        {
            yield return pair;
            if (first.MoveNext())
            {
                queue.Enqueue(first, first.Current);
            }
            else
            {
                first.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _runs.ForEach(File.Delete);

    private static IEnumerable<(UInt128 Hash, long Place)> Read(string path)
    {
        var pairs = new (UInt128 Hash, long Place)[1024];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        while (true)
        {
            var size = Marshal.SizeOf<UInt128>() * 2;
            var count = Fill(file, pairs) / size;
            for (var i = 0; i < count; i++)
            {
                yield return pairs[i];
            }

            if (count < pairs.Length)
            {
                yield break;
            }
        }
    }

    private static int Fill(FileStream file, (UInt128 Hash, long Place)[] pairs) =>
        file.ReadAtLeast(MemoryMarshal.AsBytes(pairs.AsSpan()), MemoryMarshal.AsBytes(pairs.AsSpan()).Length, throwOnEndOfStream: false);
}
