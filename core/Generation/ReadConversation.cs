using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.Generation;

/// <summary>
/// What a model has read of a conversation: keys and values are kept from turn to turn, and where the next prompt begins with what was read,
/// only the rest is computed.
/// </summary>
internal sealed class ReadConversation(LanguageModel model) : IDisposable
{
    private const int LeastCapacity = 1024;
    private readonly List<int> _ids = [];
    private KeyValueCache? _cache;
    private IReadOnlyList<Intervention> _interventions = [];

    /// <summary>How many tokens of the last prompt had been read before.</summary>
    public int Reused { get; private set; }

    /// <summary>Reads a prompt.</summary>
    /// <param name="ids">All of it.</param>
    /// <param name="room">How many tokens will follow at most.</param>
    /// <param name="interventions">What is put into inner values; others than before are reason to read all again.</param>
    /// <param name="cancellation">Stops at the next operator.</param>
    /// <returns>The logits after it, [vocabulary]; valid until the next call.</returns>
    public ReadOnlySpan<float> Read(IReadOnlyList<int> ids, int room, IReadOnlyList<Intervention> interventions, CancellationToken cancellation)
    {
        if (!interventions.SequenceEqual(_interventions))
        {
            _cache?.Dispose();
            _cache = null;
            _interventions = interventions;
        }

        var wanted = Math.Min(ids.Count + room, model.Shape.ContextLength);
        Reused = _cache?.Capacity >= wanted && _ids.Count < ids.Count && _ids.SequenceEqual(ids.Take(_ids.Count)) ? _ids.Count : 0;
        if (_cache is null || _cache.Capacity < wanted)
        {
            _cache?.Dispose();
            _cache = model.CreateCache(1, Math.Min(model.Shape.ContextLength, Math.Max(2 * wanted, LeastCapacity)), interventions);
        }

        // After a call that failed only a whole prompt makes sense.
        _ids.Clear();
        var logits = Reused > 0 ? _cache.Extend([.. ids.Skip(Reused)], cancellation) : _cache.Prefill([ids], cancellation);
        _ids.AddRange(ids);
        return logits;
    }

    /// <summary>Reads one token more.</summary>
    /// <returns>The logits after it.</returns>
    public ReadOnlySpan<float> Step(int id, CancellationToken cancellation)
    {
        try
        {
            var logits = _cache!.Step([id], cancellation);
            _ids.Add(id);
            return logits;
        }
        catch
        {
            _ids.Clear();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cache?.Dispose();
}
