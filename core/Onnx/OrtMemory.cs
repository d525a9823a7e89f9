using System.Buffers;
using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>The numbers of an output as managed memory, without a copy; they live until the owner is disposed.</summary>
internal sealed class OrtMemory(OrtValue value) : MemoryManager<float>
{
    private bool _disposed;

    /// <inheritdoc/>
    public override Memory<float> Memory => CreateMemory((int)value.GetTensorTypeAndShape().ElementCount);

    /// <inheritdoc/>
    public override Span<float> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return value.GetTensorMutableDataAsSpan<float>();
    }

    /// <inheritdoc/>
    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        fixed (float* pointer = GetSpan())
        {
            return new MemoryHandle(pointer + elementIndex);
        }
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
        // Native memory does not move.
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!_disposed)
        {
            _disposed = true;
            value.Dispose();
        }
    }
}
