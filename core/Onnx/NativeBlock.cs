using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Gptx.Onnx;

/// <summary>Native memory of a tensor, aligned for the widest vectors.</summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private const int Alignment = 64;
    private readonly MemoryMappedFile? _pages;
    private readonly MemoryMappedViewAccessor? _view;
    private byte* _start;

    /// <summary>Takes so many bytes; what is in them is anyone's guess.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="isShortLived">Whether they are given back soon: then they are pages of their own, since the heap keeps what is freed in it.</param>
    public NativeBlock(long bytes, bool isShortLived = false)
    {
        Bytes = bytes;
        if (isShortLived)
        {
            _pages = MemoryMappedFile.CreateNew(null, Math.Max(bytes, Alignment));
            _view = _pages.CreateViewAccessor();
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        }
        else
        {
            _start = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, Alignment), Alignment);
        }
    }

    /// <summary>The number of bytes.</summary>
    public long Bytes { get; }

    /// <summary>Its first byte.</summary>
    public nint Pointer => (nint)_start;

    /// <summary>A stretch of it as numbers of a type, counted in these.</summary>
    public Span<T> Slice<T>(long first, int count)
        where T : unmanaged => new((T*)_start + first, count);

    /// <summary>It as a tensor, float32 or bytes.</summary>
    public OrtValue ToTensor(bool isFloat, IReadOnlyList<long> shape) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, isFloat ? TensorElementType.Float : TensorElementType.UInt8, [.. shape], (nint)_start, Bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_view is null)
        {
            NativeMemory.AlignedFree(_start);
        }
        else
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _pages!.Dispose();
        }

        _start = null;
    }
}
