using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Gptx.Onnx;

namespace Gptx.Inference;

/// <summary>
/// The sessions of one model, one for each set of outputs that was asked for. They share the weights, so each costs little; the one
/// used longest ago is closed when there are too many.
/// </summary>
internal sealed class SessionPool(Graph graph, WeightStore weights, SessionSettings settings) : IDisposable
{
    private const int MostSessions = 8;
    private readonly LinkedList<Entry> _recent = [];
    private readonly Lock _lock = new();

    /// <summary>The session that hands out these activations; it stays open until the lease is disposed.</summary>
    public Lease Rent(IReadOnlyList<string> outputs, CacheForm cache)
    {
        var key = $"{cache}|{string.Join('|', outputs)}";
        lock (_lock)
        {
            var entry = _recent.FirstOrDefault(candidate => candidate.Key == key) ?? Open(key, outputs, cache);
            _recent.Remove(entry);
            _recent.AddFirst(entry);
            entry.Users++;
            CloseOldest();
            return new Lease(this, entry);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var entry in _recent)
            {
                entry.Session.Dispose();
            }

            _recent.Clear();
        }
    }

    private Entry Open(string key, IReadOnlyList<string> outputs, CacheForm cache)
    {
        Func<string, StoredWeight> where = settings.WeightsInMemory ? weights.InMemory : weights.InFile;
        var model = OnnxLowering.Lower(graph, new LoweringOptions(outputs, cache, where));
        var entry = new Entry(key, new OnnxSession(model, weights, settings));
        _recent.AddFirst(entry);
        return entry;
    }

    private void CloseOldest()
    {
        for (var node = _recent.Last; node is not null && _recent.Count > MostSessions; node = node.Previous)
        {
            if (node.Value.Users == 0)
            {
                node.Value.Session.Dispose();
                _recent.Remove(node);
                return;
            }
        }
    }

    /// <summary>A session in use.</summary>
    internal sealed class Lease(SessionPool pool, Entry entry) : IDisposable
    {
        /// <summary>The session.</summary>
        public OnnxSession Session => entry.Session;

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (pool._lock)
            {
                entry.Users--;
            }
        }
    }

    /// <summary>An open session and how many are using it.</summary>
    internal sealed class Entry(string key, OnnxSession session)
    {
        /// <summary>Outputs and cache form.</summary>
        public string Key => key;

        /// <summary>The session.</summary>
        public OnnxSession Session => session;

        /// <summary>How many leases are out.</summary>
        public int Users { get; set; }
    }
}
