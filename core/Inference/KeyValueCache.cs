using Gptx.Architectures;
using Gptx.Onnx;

namespace Gptx.Inference;

/// <summary>
/// A batch of rows that grow token by token: the keys and values of earlier tokens are kept in ONNX Runtime's memory, so that a step
/// computes the new tokens alone. Its logits equal those of a whole forward pass within rounding, but where rotary positions are stretched by
/// the length of the text ("dynamic"): there keys stay as they were made, as the reference has it. For one thread at a time; after a
/// cancelled or failed call only <see cref="Prefill"/> makes sense.
/// </summary>
public sealed class KeyValueCache : IDisposable
{
    private readonly SessionPool.Lease _lease;
    private readonly IDecoding _decoding;
    private readonly ModelShape _shape;
    private readonly Action<int>? _noteLength;
    private readonly int? _keysHoldUpTo;
    private List<int>[] _tokens = [];
    private int[] _lengths = [];
    private bool _isLong;
    private bool _disposed;

    /// <summary>Decodes with a session that is rented for this; keys made up to a length may not hold beyond it (longrope).</summary>
    internal KeyValueCache(SessionPool.Lease lease, IDecoding decoding, ModelShape shape, int mostRows, int capacity, Action<int>? noteLength = null, int? keysHoldUpTo = null)
    {
        _lease = lease;
        _decoding = decoding;
        _shape = shape;
        _noteLength = noteLength;
        _keysHoldUpTo = keysHoldUpTo;
        MostRows = mostRows;
        Capacity = capacity;
    }

    /// <summary>Number of rows.</summary>
    public int Rows => _lengths.Length;

    /// <summary>The most rows there may be.</summary>
    public int MostRows { get; }

    /// <summary>Number of tokens each row has so far.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <summary>The most tokens a row may have.</summary>
    public int Capacity { get; }

    /// <summary>Width of a row of logits.</summary>
    public int VocabularySize => _shape.VocabularySize;

    /// <summary>Reads the prompts; each row has at least one token. Anything kept before is forgotten.</summary>
    /// <returns>The logits after each prompt, [row, vocabulary]; valid until the next call.</returns>
    /// <exception cref="GptxException">A row is empty, longer than the context, or has an id beyond the vocabulary.</exception>
    public ReadOnlySpan<float> Prefill(IReadOnlyList<IReadOnlyList<int>> prompts, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prompts.Count, MostRows, nameof(prompts));
        TokenCheck.Rows(prompts, _shape);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prompts.Max(prompt => prompt.Count), Capacity, nameof(prompts));
        _tokens = _keysHoldUpTo is null ? [] : [.. prompts.Select(prompt => prompt.ToList())];
        return ReadAll(prompts, cancellation);
    }

    /// <summary>Adds one token to each row.</summary>
    /// <returns>The logits after them, [row, vocabulary]; valid until the next call.</returns>
    /// <exception cref="GptxException"><c>TokenIdUnknown</c>.</exception>
    public ReadOnlySpan<float> Step(IReadOnlyList<int> tokens, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tokens.Count, Rows, nameof(tokens));
        TokenCheck.Ids(tokens, _shape);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_lengths.Max(), Capacity, nameof(tokens));
        _noteLength?.Invoke(_lengths.Max() + 1);
        foreach (var (row, kept) in _tokens.Index())
        {
            kept.Add(tokens[row]);
        }

        if (IsLong(_lengths.Max() + 1) != _isLong)
        {
            return ReadAll(_tokens, cancellation);
        }

        long[] positions = [.. _lengths.Select(length => (long)length)];
        _lengths = [.. _lengths.Select(length => length + 1)];
        var fresh = Enumerable.Repeat(1, Rows).ToArray();
        return _decoding.Run([.. tokens.Select(token => (long)token)], positions, fresh, _lengths, cancellation);
    }

    /// <summary>Adds several tokens to the only row.</summary>
    /// <returns>The logits after the last of them, [vocabulary]; valid until the next call.</returns>
    /// <exception cref="GptxException"><c>TextEmpty</c> or <c>TokenIdUnknown</c>.</exception>
    public ReadOnlySpan<float> Extend(IReadOnlyList<int> tokens, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNotEqual(Rows, 1, nameof(tokens));
        TokenCheck.Ids(tokens, _shape);
        var length = _lengths[0];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length + tokens.Count, Capacity, nameof(tokens));
        long[] positions = [.. tokens.Select((_, index) => (long)length + index)];
        _lengths = [length + tokens.Count];
        return _decoding.Run([.. tokens.Select(token => (long)token)], positions, [tokens.Count], _lengths, cancellation);
    }

    /// <summary>Drops, repeats or reorders rows: row i becomes what row <c>rows[i]</c> was.</summary>
    public void Select(IReadOnlyList<int> rows)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Count, MostRows, nameof(rows));
        int[] lengths = [.. rows.Select(row => _lengths[row])];
        _decoding.Reorder(rows, lengths);
        _lengths = lengths;
        _tokens = _keysHoldUpTo is null ? [] : [.. rows.Select(row => _tokens[row].ToList())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _decoding.Dispose();
            _lease.Dispose();
        }
    }

    private bool IsLong(int length) => length > _keysHoldUpTo;

    private ReadOnlySpan<float> ReadAll(IReadOnlyList<IReadOnlyList<int>> rows, CancellationToken cancellation)
    {
        var batch = new TokenBatch(rows);
        _lengths = [.. batch.Lengths];
        _isLong = IsLong(batch.Width);
        _noteLength?.Invoke(batch.Width);
        return _decoding.Run(batch.Ids, batch.Positions, batch.Lengths, batch.Lengths, cancellation);
    }
}
