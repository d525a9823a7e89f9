using System.Runtime.InteropServices;
using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Gptx.Onnx;

/// <summary>
/// The weights of one model as ONNX Runtime reads them, shared by all its sessions: float32 tensors are the checkpoint's own mapped
/// pages, half-precision ones are widened once. Nothing is copied per session and nothing is written to disk.
/// </summary>
internal sealed class WeightStore(IReadOnlyDictionary<string, CheckpointTensor> tensors) : IDisposable
{
    private const int MostAtOnce = 1 << 28;
    private readonly Dictionary<string, OrtValue> _values = new(StringComparer.Ordinal);
    private readonly List<nint> _widened = [];
    private readonly Lock _lock = new();

    /// <summary>Bytes of private memory that hold widened weights.</summary>
    public long PrivateBytes { get; private set; }

    /// <summary>Where a weight lies in its file.</summary>
    public StoredWeight InFile(string name)
    {
        var tensor = tensors[name];
        return new StoredWeight(ToDataType(tensor), Path.GetFileName(tensor.FilePath), tensor.Offset, tensor.ByteLength);
    }

    /// <summary>A weight as the sessions of this process see it: float32, wherever it lies.</summary>
    public StoredWeight InMemory(string name) => InFile(name) with { Type = DataType.Float32, ByteLength = tensors[name].Count * sizeof(float) };

    /// <summary>The weight's memory, float32.</summary>
    public OrtValue Value(string name)
    {
        lock (_lock)
        {
            if (!_values.TryGetValue(name, out var value))
            {
                value = Create(tensors[name]);
                _values.Add(name, value);
            }

            return value;
        }
    }

    /// <inheritdoc/>
    public unsafe void Dispose()
    {
        foreach (var value in _values.Values)
        {
            value.Dispose();
        }

        foreach (var memory in _widened)
        {
            NativeMemory.AlignedFree((void*)memory);
        }

        _values.Clear();
        _widened.Clear();
    }

    private static DataType ToDataType(CheckpointTensor tensor) => tensor.ElementType switch
    {
        ElementType.Float32 => DataType.Float32,
        ElementType.Float16 => DataType.Float16,
        ElementType.BFloat16 => DataType.BFloat16,
        var other => throw new GptxException(
            GptxErrorKind.ModelNotLoadable,
            "WeightTypeNotSupported",
            $"tensor '{tensor.Name}' in {tensor.FilePath} has type {other}: weights may be F32, F16 or BF16"),
    };

    private OrtValue Create(CheckpointTensor tensor)
    {
        var bytes = tensor.Count * sizeof(float);
        var mapped = ToDataType(tensor) == DataType.Float32 && tensor.Pointer % sizeof(float) == 0;
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            TensorElementType.Float,
            [.. tensor.Shape],
            mapped ? tensor.Pointer : Widen(tensor, bytes),
            bytes);
    }

    private unsafe nint Widen(CheckpointTensor tensor, long bytes)
    {
        var memory = (nint)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 64), 64);
        _widened.Add(memory);
        PrivateBytes += bytes;
        for (long first = 0; first < tensor.Count; first += MostAtOnce)
        {
            var count = (int)Math.Min(MostAtOnce, tensor.Count - first);
            tensor.ReadSingles(first, new Span<float>((float*)memory + first, count));
        }

        return memory;
    }
}
