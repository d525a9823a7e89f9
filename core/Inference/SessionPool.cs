using Gptx.Onnx;

namespace Gptx.Inference;

/// <summary>
/// The sessions of one model, one for each form that was asked for: its outputs, its cache, the places where it is intervened. They share the weights, so each costs little; the one
/// used longest ago is closed when there are too many. A session that is in use when the pool is closed lives on until it is given back,
/// and the weights with it.
/// </summary>
/// <param name="open">Opens the session of a form.</param>
/// <param name="whenClosed">Called once, when the pool is closed and no session is in use any more.</param>
/// <param name="mostSessions">How many stay open at most, but for those in use.</param>
internal sealed class SessionPool(Func<SessionForm, OnnxSession> open, Action whenClosed, int mostSessions = 8) : IDisposable
{
    private readonly LinkedList<Entry> _recent = [];
    private readonly Lock _lock = new();
    private bool _isClosed;

    /// <summary>The session that hands out these activations; it stays open until the lease is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The model was closed.</exception>
    public Lease Rent(SessionForm form)
    {
        var key = form.Key;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(LanguageModel));
            var entry = _recent.FirstOrDefault(candidate => candidate.Key == key) ?? Open(key, form);
            _recent.Remove(entry);
            _recent.AddFirst(entry);
            entry.Users++;
            CloseIdle(mostSessions);
            return new Lease(this, entry);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                CloseAll();
            }
        }
    }

    private Entry Open(string key, SessionForm form)
    {
        var entry = new Entry(key, open(form));
        _recent.AddFirst(entry);
        return entry;
    }

    private void Return(Entry entry)
    {
        lock (_lock)
        {
            entry.Users--;
            if (_isClosed)
            {
                CloseAll();
            }
        }
    }

    private void CloseAll()
    {
        CloseIdle(0);
        if (_recent.Count == 0)
        {
            whenClosed();
        }
    }

    /// <summary>Closes sessions that nobody uses, those used longest ago first, until so many are left.</summary>
    private void CloseIdle(int most)
    {
        for (var node = _recent.Last; node is not null && _recent.Count > most;)
        {
            var (oldest, previous) = (node.Value, node.Previous);
            if (oldest.Users == 0)
            {
                _recent.Remove(node);
                oldest.Session.Dispose();
            }

            node = previous;
        }
    }

    /// <summary>A session in use.</summary>
    internal sealed class Lease(SessionPool pool, Entry entry) : IDisposable
    {
        private bool _isReturned;

        /// <summary>The session.</summary>
        public OnnxSession Session => entry.Session;

        /// <inheritdoc/>
        public void Dispose()
        {
            if (!_isReturned)
            {
                _isReturned = true;
                pool.Return(entry);
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
