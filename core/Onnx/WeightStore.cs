using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Gptx.Onnx;

/// <summary>
/// The weights of one model as ONNX Runtime reads them, shared by all its sessions: float32 tensors are the checkpoint's own mapped
/// pages, half-precision ones and most quantized ones are widened once, on all processors, or taken from a cache of widened ones, and some stay quantized
/// (<see cref="BlockStore"/>).
/// </summary>
/// <param name="tensors">The checkpoint's tensors.</param>
/// <param name="cache">Where widened tensors are kept between processes; it is closed with this. Null for nowhere.</param>
internal sealed class WeightStore(IReadOnlyDictionary<string, CheckpointTensor> tensors, WidenedCache? cache = null) : IDisposable
{
    /// <summary>Elements that one processor widens at a time: whole blocks of any quantized type.</summary>
    private const int Stretch = 1 << 20;

    private readonly Dictionary<string, OrtValue> _values = new(StringComparer.Ordinal);
    private readonly List<NativeBlock> _widened = [];
    private readonly BlockStore _blocks = new(tensors);
    private readonly Lock _lock = new();

    /// <summary>Bytes of private memory that hold weights, widened or quantized; what sessions packed is theirs.</summary>
    public long PrivateBytes
    {
        get
        {
            lock (_lock)
            {
                return _widened.Sum(block => block.Bytes) + _blocks.PrivateBytes;
            }
        }
    }

    /// <summary>Whether a weight can stay quantized, whichever way it lies.</summary>
    public bool StaysQuantized(string name) => tensors[name].Blocks(asColumns: false) is not null || tensors[name].Blocks(asColumns: true) is not null;

    /// <summary>How a matrix, or several as one, stays quantized in a graph that is computed on a CPU; null where one is widened or they differ in form.</summary>
    /// <param name="names">The tensors' names.</param>
    /// <param name="storedInOut">Whether they are matrices [in, out].</param>
    public BlockWeight? Blocks(IReadOnlyList<string> names, bool storedInOut)
    {
        lock (_lock)
        {
            return _blocks.Find(names, storedInOut);
        }
    }

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

    /// <summary>
    /// A weight as a session sees it that packs matrices into a layout of its own, for products of many rows; one that lies in no file as it is computed with stays shared, since
    /// ONNX Runtime would look for it there.
    /// </summary>
    public StoredWeight InMemoryPacked(string name) => Located(tensors[name]) is var weight && weight.Offset == StoredWeight.Nowhere ? weight : weight with { IsShared = false };

    /// <summary>The memory of a weight, float32, or of a part of one that stays quantized.</summary>
    public OrtValue Value(string name)
    {
        lock (_lock)
        {
            if (_blocks.Value(name) is { } part)
            {
                return part;
            }

            if (!_values.TryGetValue(name, out var value))
            {
                value = Create(tensors[name]);
                _values.Add(name, value);
            }

            return value;
        }
    }

    /// <summary>Frees what sessions that are now open have packed into memory of their own.</summary>
    public void FreePacked()
    {
        lock (_lock)
        {
            _blocks.FreePacked();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _blocks.Dispose();
        foreach (var value in _values.Values)
        {
            value.Dispose();
        }

        _widened.ForEach(block => block.Dispose());
        _values.Clear();
        _widened.Clear();
        cache?.Dispose();
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
        var offset = IsMapped(tensor) ? tensor.Offset : StoredWeight.Nowhere;
        return new StoredWeight(DataType.Float32, Path.GetFileName(tensor.FilePath), offset, tensor.Count * sizeof(float)) { IsShared = tensor.Shape.Count > 1 };
    }

    private static bool IsMapped(CheckpointTensor tensor) =>
        tensor is { IsPlain: true, ElementType: ElementType.Float32 } && tensor.Pointer % sizeof(float) == 0;

    private OrtValue Create(CheckpointTensor tensor)
    {
        string? key = null;
        if ((IsMapped(tensor) ? tensor : cache?.Find(tensor, out key)) is { } mapped)
        {
            return OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, TensorElementType.Float, [.. tensor.Shape], mapped.Pointer, tensor.Count * sizeof(float));
        }

        var widened = Widen(tensor);
        cache?.Keep(tensor, key, widened.Pointer);
        return widened.ToTensor(isFloat: true, tensor.Shape);
    }

    private NativeBlock Widen(CheckpointTensor tensor)
    {
        var memory = new NativeBlock(tensor.Count * sizeof(float));
        _widened.Add(memory);
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

    private static void WidenStretch(CheckpointTensor tensor, NativeBlock memory, long first) =>
        tensor.ReadSingles(first, memory.Slice<float>(first, (int)Math.Min(Stretch, tensor.Count - first)));
}
