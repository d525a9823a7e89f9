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
    private readonly OnnxSession _session;
    private readonly IReadOnlyList<AttentionShape> _layers;
    private readonly int _vocabulary;
    private readonly OrtMemoryInfo _device;
    private readonly List<OrtValue> _past = [];
    private List<bool[]> _isPadding = [];
    private long[] _pastRows = [];

    /// <summary>Keys and values will lie on CUDA device <paramref name="cudaDevice"/>, or in main memory if it is null.</summary>
    public GrowingDecoding(OnnxSession session, IReadOnlyList<AttentionShape> layers, int vocabulary, int? cudaDevice)
    {
        _session = session;
        _layers = layers;
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

        var mask = Mask(fresh, width);
        var total = mask.Length / (rows * width);
        using var idValue = OrtValue.CreateTensorValueFromMemory(ids, [rows, width]);
        using var positionValue = OrtValue.CreateTensorValueFromMemory(positions, [rows, width]);
        using var lastRows = OrtValue.CreateTensorValueFromMemory<long>([.. fresh.Select((count, row) => ((long)row * width) + count - 1)], [rows]);
        using var pastRows = OrtValue.CreateTensorValueFromMemory(_pastRows, [rows]);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, [rows, 1, width, total]);
        var logits = new float[rows * _vocabulary];
        using var logitValue = OrtValue.CreateTensorValueFromMemory(logits, [rows, _vocabulary]);
        using var binding = _session.Bind();
        binding.BindInput(Graph.TokenIds, idValue);
        binding.BindInput(Graph.PositionIds, positionValue);
        binding.BindInput(OperationLowering.LastRows, lastRows);
        binding.BindInput(AttentionLowering.PastRows, pastRows);
        binding.BindInput(AttentionLowering.ScoreMask, maskValue);
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
        _isPadding = [.. rows.Select(row => _isPadding[row])];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget();
        _device.Dispose();
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

        _isPadding = [.. Enumerable.Range(0, rows).Select(_ => Array.Empty<bool>())];
        _pastRows = [.. Enumerable.Range(0, rows).Select(row => (long)row)];
    }

    /// <summary>Minus infinity where a query must not look: at padding, and at tokens after its own.</summary>
    private float[] Mask(IReadOnlyList<int> fresh, int width)
    {
        var past = _isPadding[0].Length;
        _isPadding = [.. _isPadding.Select((columns, row) => columns.Concat(Enumerable.Range(0, width).Select(column => column >= fresh[row])).ToArray())];
        var total = past + width;
        var mask = new float[fresh.Count * width * total];
        for (var row = 0; row < fresh.Count; row++)
        {
            for (var query = 0; query < width; query++)
            {
                var line = mask.AsSpan(((row * width) + query) * total, total);
                for (var key = 0; key < total; key++)
                {
                    // A padded query sees itself, so that its row is a number.
                    var hidden = key > past + query || (_isPadding[row][key] && key != past + query);
                    line[key] = hidden ? float.NegativeInfinity : 0;
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
}
