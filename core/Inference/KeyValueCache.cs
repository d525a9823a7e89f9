using Gptx.Onnx;

namespace Gptx.Inference;

/// <summary>
/// A batch of rows that grow token by token: the keys and values of earlier tokens are kept in ONNX Runtime's memory, so that a step
/// computes the new tokens alone. Its logits equal those of a whole forward pass within rounding.
/// </summary>
public sealed class KeyValueCache : IDisposable
{
    private readonly SessionPool.Lease _lease;
    private readonly IDecoding _decoding;
    private int[] _lengths = [];

    internal KeyValueCache(SessionPool.Lease lease, IDecoding decoding, int vocabulary, int capacity)
    {
        _lease = lease;
        _decoding = decoding;
        VocabularySize = vocabulary;
        Capacity = capacity;
    }

    /// <summary>Number of rows.</summary>
    public int Rows => _lengths.Length;

    /// <summary>Number of tokens each row has so far.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <summary>The most tokens a row may have.</summary>
    public int Capacity { get; }

    /// <summary>Width of a row of logits.</summary>
    public int VocabularySize { get; }

    /// <summary>Reads the prompts; each row has at least one token. Anything kept before is forgotten.</summary>
    /// <returns>The logits after each prompt, [row, vocabulary]; valid until the next call.</returns>
    public ReadOnlySpan<float> Prefill(IReadOnlyList<IReadOnlyList<int>> prompts, CancellationToken cancellation = default)
    {
        var batch = new TokenBatch(prompts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.Width, Capacity, nameof(prompts));
        _lengths = [.. batch.Lengths];
        return _decoding.Run(batch.Ids, batch.Positions, batch.Lengths, batch.Lengths, cancellation);
    }

    /// <summary>Adds one token to each row.</summary>
    /// <returns>The logits after them, [row, vocabulary]; valid until the next call.</returns>
    public ReadOnlySpan<float> Step(IReadOnlyList<int> tokens, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tokens.Count, Rows, nameof(tokens));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_lengths.Max(), Capacity, nameof(tokens));
        long[] positions = [.. _lengths.Select(length => (long)length)];
        _lengths = [.. _lengths.Select(length => length + 1)];
        var fresh = Enumerable.Repeat(1, Rows).ToArray();
        return _decoding.Run([.. tokens.Select(token => (long)token)], positions, fresh, _lengths, cancellation);
    }

    /// <summary>Keeps rows in increasing order and forgets the others, or repeats rows in order: row i becomes what row <c>rows[i]</c> was.</summary>
    public void Select(IReadOnlyList<int> rows)
    {
        int[] lengths = [.. rows.Select(row => _lengths[row])];
        _decoding.Reorder(rows, lengths);
        _lengths = lengths;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _decoding.Dispose();
        _lease.Dispose();
    }
}
