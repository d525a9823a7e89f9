using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>Decoding on a CPU: keys and values lie in one buffer a layer that <c>GroupQueryAttention</c> updates in place; a step copies nothing.</summary>
internal sealed class InPlaceDecoding : IDecoding
{
    private const int WidthStep = 8;
    private const int FirstCapacity = 4096;
    private readonly OnnxSession _session;
    private readonly IReadOnlyList<AttentionShape> _layers;
    private CacheBuffers _buffers;
    private readonly int _vocabulary;
    private readonly int _mostRows;
    private readonly int _mostTokens;
    private readonly int[] _lengths;
    private readonly FedInputs _fed;
    private readonly List<IDisposable> _bound = [];
    private OrtIoBinding? _binding;
    private float[] _logits = [];
    private int _rows;

    /// <summary>Has room for at most <paramref name="mostRows"/> rows of <paramref name="capacity"/> tokens; a large capacity is reserved as it is needed.</summary>
    public InPlaceDecoding(OnnxSession session, IReadOnlyList<AttentionShape> layers, int vocabulary, int mostRows, int capacity, FedInputs? fed = null)
    {
        _fed = fed ?? FedInputs.None;
        _session = session;
        _layers = layers;
        _vocabulary = vocabulary;
        _mostRows = mostRows;
        _mostTokens = capacity;

        // One row more than will ever be filled, for rows that change places; memory that nobody touches is never taken.
        _lengths = new int[mostRows + 1];
        _buffers = new CacheBuffers(layers, mostRows + 1, Math.Min(capacity, FirstCapacity));
    }

    /// <summary>Whether <c>GroupQueryAttention</c> takes these layers: it wants head widths that are multiples of 8.</summary>
    public static bool Fits(IReadOnlyList<AttentionShape> layers) => layers.All(layer => layer.HeadWidth % WidthStep == 0);

    /// <inheritdoc/>
    public ReadOnlySpan<float> Run(long[] ids, long[] positions, IReadOnlyList<int> fresh, IReadOnlyList<int> lengths, CancellationToken cancellation)
    {
        var rows = lengths.Count;
        var width = ids.Length / rows;
        MakeRoom(lengths.Max());
        BindCache(rows);
        lengths.ToArray().CopyTo(_lengths, 0);
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
        foreach (var (from, to) in RowMoves.Plan(rows, spare: _mostRows))
        {
            _buffers.CopyRow(from, to, _lengths[from]);
            _lengths[to] = _lengths[from];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Unbind();
        _buffers.Dispose();
        _fed.Dispose();
    }

    private void MakeRoom(int length)
    {
        if (length <= _buffers.Capacity)
        {
            return;
        }

        Unbind();
        var larger = new CacheBuffers(_layers, _mostRows + 1, (int)Math.Min(_mostTokens, Math.Max(length, 2L * _buffers.Capacity)));
        for (var row = 0; row < _lengths.Length; row++)
        {
            larger.CopyRowFrom(_buffers, row, row, _lengths[row]);
        }

        _buffers.Dispose();
        _buffers = larger;
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
        _fed.Bind(_binding);
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
