using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>
/// Decoding on any execution provider with standard operators: each step joins the new keys and values to the old ones, which stay on
/// the device as ONNX Runtime's own tensors. One copy of the cache a step; padding is masked by its columns.
/// </summary>
internal sealed class GrowingDecoding : IDecoding
{
    private const int Padding = -1;
    private readonly OnnxSession _session;
    private readonly IReadOnlyList<AttentionShape> _layers;
    private readonly int _vocabulary;
    private readonly OrtMemoryInfo _device;
    private readonly FedInputs _fed;
    private readonly List<OrtValue> _past = [];
    private readonly IReadOnlyList<int?> _windows;
    private List<int[]> _positions = [];
    private long[] _pastRows = [];

    /// <summary>Keys and values will lie on CUDA device <paramref name="cudaDevice"/>, or in main memory if it is null.</summary>
    public GrowingDecoding(OnnxSession session, IReadOnlyList<AttentionShape> layers, int vocabulary, int? cudaDevice, FedInputs? fed = null)
    {
        _fed = fed ?? FedInputs.None;
        _session = session;
        _layers = layers;
        _windows = [.. layers.Select(layer => layer.Window).Distinct()];
        _vocabulary = vocabulary;
        _device = cudaDevice is { } index
            ? new OrtMemoryInfo("Cuda", OrtAllocatorType.DeviceAllocator, index, OrtMemType.Default)
            : new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Run(long[] ids, long[] positions, IReadOnlyList<int> fresh, IReadOnlyList<int> lengths, CancellationToken cancellation)
    {
        var rows = lengths.Count;
        var width = ids.Length / rows;
        if (fresh.SequenceEqual(lengths))
        {
            Begin(rows);
        }

        var past = Place(positions, fresh, width);
        var total = past + width;
        using var idValue = OrtValue.CreateTensorValueFromMemory(ids, [rows, width]);
        using var positionValue = OrtValue.CreateTensorValueFromMemory(positions, [rows, width]);
        using var lastRows = OrtValue.CreateTensorValueFromMemory<long>([.. fresh.Select((count, row) => ((long)row * width) + count - 1)], [rows]);
        using var pastRows = OrtValue.CreateTensorValueFromMemory(_pastRows, [rows]);
        var logits = new float[rows * _vocabulary];
        using var logitValue = OrtValue.CreateTensorValueFromMemory(logits, [rows, _vocabulary]);
        using var binding = _session.Bind();
        binding.BindInput(Graph.TokenIds, idValue);
        binding.BindInput(Graph.PositionIds, positionValue);
        binding.BindInput(OperationLowering.LastRows, lastRows);
        binding.BindInput(AttentionLowering.PastRows, pastRows);
        using var masks = new Masks(_windows.Select(window => Mask(past, width, window)), [rows, 1, width, total]);
        masks.Bind(binding, _windows);
        _fed.Bind(binding);
        for (var buffer = 0; buffer < _past.Count; buffer++)
        {
            binding.BindInput(AttentionLowering.Past(buffer / 2, Part(buffer)), _past[buffer]);
            binding.BindOutputToDevice(AttentionLowering.Present(buffer / 2, Part(buffer)), _device);
        }

        binding.BindOutput(OnnxLowering.Logits, logitValue);
        _session.Run(binding, cancellation);
        KeepPresent(binding);
        _pastRows = [.. Enumerable.Range(0, rows).Select(row => (long)row)];
        return logits;
    }

    /// <inheritdoc/>
    public void Reorder(IReadOnlyList<int> rows, IReadOnlyList<int> lengths)
    {
        _pastRows = [.. rows.Select(row => _pastRows[row])];
        _positions = [.. rows.Select(row => _positions[row])];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget();
        _device.Dispose();
        _fed.Dispose();
    }

    private static string Part(int buffer) => buffer % 2 == 0 ? "key" : "value";

    private void Begin(int rows)
    {
        Forget();
        foreach (var layer in _layers)
        {
            for (var part = 0; part < 2; part++)
            {
                _past.Add(OrtValue.CreateTensorValueFromMemory<float>([], [rows, layer.KeyValueHeads, 0, layer.HeadWidth]));
            }
        }

        _positions = [.. Enumerable.Range(0, rows).Select(_ => Array.Empty<int>())];
        _pastRows = [.. Enumerable.Range(0, rows).Select(row => (long)row)];
    }

    /// <summary>Notes which position each new column of each row holds; returns how many columns there were before.</summary>
    private int Place(long[] positions, IReadOnlyList<int> fresh, int width)
    {
        var past = _positions[0].Length;
        _positions = [.. _positions.Select((columns, row) => columns
            .Concat(Enumerable.Range(0, width).Select(column => column < fresh[row] ? (int)positions[(row * width) + column] : Padding))
            .ToArray())];
        return past;
    }

    /// <summary>Minus infinity where a query must not look: at padding, at tokens after its own, and at those that a window has left behind.</summary>
    private float[] Mask(int past, int width, int? window)
    {
        var total = past + width;
        var mask = new float[_positions.Count * width * total];
        for (var row = 0; row < _positions.Count; row++)
        {
            var positions = _positions[row];
            for (var query = 0; query < width; query++)
            {
                var line = mask.AsSpan(((row * width) + query) * total, total);
                var own = positions[past + query];
                var oldest = window is { } most ? own - most + 1 : 0;
                for (var key = 0; key < total; key++)
                {
                    // A padded query sees itself, so that its row is a number.
                    var seen = own == Padding ? key == past + query : positions[key] != Padding && positions[key] <= own && positions[key] >= oldest;
                    line[key] = seen ? 0 : float.NegativeInfinity;
                }
            }
        }

        return mask;
    }

    private void KeepPresent(OrtIoBinding binding)
    {
        var byName = binding.GetOutputNames().Zip(binding.GetOutputValues()).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        for (var buffer = 0; buffer < _past.Count; buffer++)
        {
            _past[buffer].Dispose();
            _past[buffer] = byName[AttentionLowering.Present(buffer / 2, Part(buffer))];
        }
    }

    private void Forget()
    {
        _past.ForEach(value => value.Dispose());
        _past.Clear();
    }

    /// <summary>The masks of one step, one for each kind of layer.</summary>
    private sealed class Masks(IEnumerable<float[]> masks, long[] shape) : IDisposable
    {
        private readonly List<OrtValue> _values = [.. masks.Select(mask => OrtValue.CreateTensorValueFromMemory(mask, shape))];

        public void Bind(OrtIoBinding binding, IReadOnlyList<int?> windows)
        {
            foreach (var (window, value) in windows.Zip(_values))
            {
                binding.BindInput(AttentionLowering.MaskOf(window), value);
            }
        }

        public void Dispose() => _values.ForEach(value => value.Dispose());
    }
}
