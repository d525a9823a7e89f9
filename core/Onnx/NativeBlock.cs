using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Gptx.Onnx;

/// <summary>Native memory of a tensor, aligned for the widest vectors.</summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private const int Alignment = 64;
    private void* _start;

    /// <summary>Takes so many bytes; what is in them is anyone's guess.</summary>
    public NativeBlock(long bytes)
    {
        Bytes = bytes;
        _start = NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, Alignment), Alignment);
    }

    /// <summary>The number of bytes.</summary>
    public long Bytes { get; }

    /// <summary>Where it begins.</summary>
    public nint Start => (nint)_start;

    /// <summary>A stretch of it as numbers of a type, counted in these.</summary>
    public Span<T> Slice<T>(long first, int count)
        where T : unmanaged => new((T*)_start + first, count);

    /// <summary>It as a tensor, float32 or bytes.</summary>
    public OrtValue ToTensor(bool isFloat, IReadOnlyList<long> shape) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, isFloat ? TensorElementType.Float : TensorElementType.UInt8, [.. shape], Start, Bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }
}
