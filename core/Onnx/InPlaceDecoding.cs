using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>Decoding on a CPU: keys and values lie in one buffer a layer that <c>GroupQueryAttention</c> updates in place; a step copies nothing.</summary>
internal sealed class InPlaceDecoding : IDecoding
{
    private readonly OnnxSession _session;
    private readonly IReadOnlyList<AttentionShape> _layers;
    private readonly CacheBuffers _buffers;
    private readonly int _vocabulary;
    private readonly List<IDisposable> _bound = [];
    private OrtIoBinding? _binding;
    private float[] _logits = [];
    private int _rows;

    /// <summary>Reserves room for at most <paramref name="mostRows"/> rows of <paramref name="capacity"/> tokens.</summary>
    public InPlaceDecoding(OnnxSession session, IReadOnlyList<AttentionShape> layers, int vocabulary, int mostRows, int capacity)
    {
        _session = session;
        _layers = layers;
        _vocabulary = vocabulary;
        _buffers = new CacheBuffers(layers, mostRows, capacity);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Run(long[] ids, long[] positions, IReadOnlyList<int> fresh, IReadOnlyList<int> lengths, CancellationToken cancellation)
    {
        var rows = lengths.Count;
        var width = ids.Length / rows;
        BindCache(rows);
        using var idValue = OrtValue.CreateTensorValueFromMemory(ids, [rows, width]);
        using var positionValue = OrtValue.CreateTensorValueFromMemory(positions, [rows, width]);
        using var lastRows = OrtValue.CreateTensorValueFromMemory<long>([.. fresh.Select((count, row) => ((long)row * width) + count - 1)], [rows]);
        using var lastPositions = OrtValue.CreateTensorValueFromMemory<int>([.. lengths.Select(length => length - 1)], [rows]);
        using var total = OrtValue.CreateTensorValueFromMemory<int>([lengths.Max()], [1]);
        _binding!.BindInput(Graph.TokenIds, idValue);
        _binding.BindInput(Graph.PositionIds, positionValue);
        _binding.BindInput(OperationLowering.LastRows, lastRows);
        _binding.BindInput(AttentionLowering.LastPositions, lastPositions);
        _binding.BindInput(AttentionLowering.TotalLength, total);
        _session.Run(_binding, cancellation);
        return _logits;
    }

    /// <inheritdoc/>
    public void Reorder(IReadOnlyList<int> rows, IReadOnlyList<int> lengths)
    {
        // Downwards rows only move up to places that were read already, upwards only to places not read yet.
        var kept = Enumerable.Range(0, rows.Count);
        foreach (var to in rows.Select((from, to) => from >= to).All(moved => moved) ? kept : kept.Reverse())
        {
            if (rows[to] != to)
            {
                _buffers.CopyRow(rows[to], to, lengths[to]);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Unbind();
        _buffers.Dispose();
    }

    private void BindCache(int rows)
    {
        if (_binding is not null && rows == _rows)
        {
            return;
        }

        Unbind();
        _rows = rows;
        _binding = _session.Bind();
        for (var layer = 0; layer < _layers.Count; layer++)
        {
            foreach (var (part, name) in (ReadOnlySpan<(int, string)>)[(0, "key"), (1, "value")])
            {
                var tensor = _buffers.Tensor(layer, part, rows);
                _bound.Add(tensor);
                _binding.BindInput(AttentionLowering.Past(layer, name), tensor);
                _binding.BindOutput(AttentionLowering.Present(layer, name), tensor);
            }
        }

        _logits = GC.AllocateUninitializedArray<float>(rows * _vocabulary, pinned: true);
        var logits = OrtValue.CreateTensorValueFromMemory(_logits, [rows, _vocabulary]);
        _bound.Add(logits);
        _binding.BindOutput(OnnxLowering.Logits, logits);
    }

    private void Unbind()
    {
        _binding?.Dispose();
        _binding = null;
        _bound.ForEach(value => value.Dispose());
        _bound.Clear();
    }
}
