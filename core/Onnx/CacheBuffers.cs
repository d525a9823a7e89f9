using System.Runtime.InteropServices;
using Gptx.Graphs;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Gptx.Onnx;

/// <summary>
/// The key and value buffers of all layers, [rows, heads, capacity, head width] float32 each, in native memory that ONNX Runtime reads
/// and writes in place. Pages that no token has reached yet take no memory.
/// </summary>
internal sealed unsafe class CacheBuffers : IDisposable
{
    private readonly IReadOnlyList<AttentionShape> _layers;
    private readonly nint[] _memory;
    private readonly int _capacity;

    /// <summary>Reserves buffers for so many rows of at most <paramref name="capacity"/> tokens.</summary>
    public CacheBuffers(IReadOnlyList<AttentionShape> layers, int rows, int capacity)
    {
        _layers = layers;
        _capacity = capacity;
        _memory = new nint[2 * layers.Count];
        for (var buffer = 0; buffer < _memory.Length; buffer++)
        {
            _memory[buffer] = (nint)NativeMemory.AllocZeroed((nuint)(rows * RowBytes(buffer / 2)));
        }
    }

    /// <summary>The most tokens of a row.</summary>
    public int Capacity => _capacity;

    /// <summary>Keys (<paramref name="part"/> 0) or values (1) of a layer as a tensor over the first <paramref name="rows"/> rows.</summary>
    public OrtValue Tensor(int layer, int part, int rows)
    {
        var shape = _layers[layer];
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            TensorElementType.Float,
            [rows, shape.KeyValueHeads, _capacity, shape.HeadWidth],
            _memory[(2 * layer) + part],
            rows * RowBytes(layer));
    }

    /// <summary>Copies the filled part of one row over another, in every layer.</summary>
    public void CopyRow(int from, int to, int length) => CopyRowFrom(this, from, to, length);

    /// <summary>Copies the filled part of a row of other buffers, which may be shorter or longer.</summary>
    public void CopyRowFrom(CacheBuffers other, int from, int to, int length)
    {
        for (var buffer = 0; buffer < _memory.Length; buffer++)
        {
            var shape = _layers[buffer / 2];
            var headBytes = (long)_capacity * shape.HeadWidth * sizeof(float);
            var otherBytes = (long)other._capacity * shape.HeadWidth * sizeof(float);
            for (var head = 0; head < shape.KeyValueHeads; head++)
            {
                var source = other._memory[buffer] + (nint)((((long)from * shape.KeyValueHeads) + head) * otherBytes);
                var target = _memory[buffer] + (nint)((((long)to * shape.KeyValueHeads) + head) * headBytes);
                Buffer.MemoryCopy((void*)source, (void*)target, headBytes, (long)length * shape.HeadWidth * sizeof(float));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var buffer = 0; buffer < _memory.Length; buffer++)
        {
            NativeMemory.Free((void*)_memory[buffer]);
            _memory[buffer] = 0;
        }
    }

    private long RowBytes(int layer) => (long)_layers[layer].KeyValueHeads * _capacity * _layers[layer].HeadWidth * sizeof(float);
}
