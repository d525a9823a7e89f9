using System.Runtime.InteropServices;
using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Gptx.Onnx;

/// <summary>
/// The weights of one model as ONNX Runtime reads them, shared by all its sessions: float32 tensors are the checkpoint's own mapped
/// pages, half-precision and quantized ones are widened once, on all processors. Nothing is copied per session and nothing is written to disk.
/// </summary>
internal sealed class WeightStore(IReadOnlyDictionary<string, CheckpointTensor> tensors) : IDisposable
{
    /// <summary>Elements that one processor widens at a time: whole blocks of any quantized type.</summary>
    private const int Stretch = 1 << 20;

    /// <summary>
    /// Where weights lie that only memory holds: beyond the end of any file. ONNX Runtime computes with constants before it takes our memory, from the
    /// file; it then fails, rather than take for widened weights bytes that are not they.
    /// </summary>
    private const long Nowhere = long.MaxValue / 2;

    private readonly Dictionary<string, OrtValue> _values = new(StringComparer.Ordinal);
    private readonly List<nint> _widened = [];
    private readonly Lock _lock = new();

    /// <summary>Bytes of private memory that hold widened weights.</summary>
    public long PrivateBytes { get; private set; }

    /// <summary>Where a weight lies in its file, for those that read the file themselves.</summary>
    /// <exception cref="GptxException">They could not: it is quantized or rearranged there (<c>WeightTypeNotSupported</c>).</exception>
    public StoredWeight InFile(string name)
    {
        var tensor = tensors[name];
        return tensor.IsPlain ? new StoredWeight(ToDataType(tensor), Path.GetFileName(tensor.FilePath), tensor.Offset, tensor.ByteLength) : throw NotSupported(
            tensor, "quantized or rearranged: only on a CPU can it be computed with, and no ONNX model can point at it");
    }

    /// <summary>A weight as the sessions of this process see it: float32, wherever it lies.</summary>
    public StoredWeight InMemory(string name) => Located(tensors[name]);

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
        _ => throw NotSupported(tensor, "in a type that is not computed with: weights may be F32, F16, BF16 or quantized"),
    };

    private static GptxException NotSupported(CheckpointTensor tensor, string problem) =>
        new(GptxErrorKind.ModelNotLoadable, "WeightTypeNotSupported", $"tensor {tensor} in {tensor.FilePath} is {problem}");

    private static StoredWeight Located(CheckpointTensor tensor)
    {
        _ = tensor.ElementType.IsQuantized() ? DataType.Float32 : ToDataType(tensor);
        return new StoredWeight(DataType.Float32, Path.GetFileName(tensor.FilePath), IsMapped(tensor) ? tensor.Offset : Nowhere, tensor.Count * sizeof(float));
    }

    private static bool IsMapped(CheckpointTensor tensor) =>
        tensor is { IsPlain: true, ElementType: ElementType.Float32 } && tensor.Pointer % sizeof(float) == 0;

    private OrtValue Create(CheckpointTensor tensor)
    {
        var bytes = tensor.Count * sizeof(float);
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            TensorElementType.Float,
            [.. tensor.Shape],
            IsMapped(tensor) ? tensor.Pointer : Widen(tensor, bytes),
            bytes);
    }

    private unsafe nint Widen(CheckpointTensor tensor, long bytes)
    {
        var memory = (nint)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 64), 64);
        _widened.Add(memory);
        PrivateBytes += bytes;
        var stretches = (tensor.Count + Stretch - 1) / Stretch;
        if (stretches <= 1)
        {
            WidenStretch(tensor, memory, 0);
        }
        else
        {
            Parallel.For(0L, stretches, stretch => WidenStretch(tensor, memory, stretch * Stretch));
        }

        return memory;
    }

    private static unsafe void WidenStretch(CheckpointTensor tensor, nint memory, long first) =>
        tensor.ReadSingles(first, new Span<float>((float*)memory + first, (int)Math.Min(Stretch, tensor.Count - first)));
}
