using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Gptx.Onnx;

/// <summary>The numbers of a foreign graph's output as float32, whichever float they are.</summary>
internal static class ForeignSingles
{
    /// <summary>Takes an output over: float32 stays where it is, half precision is widened.</summary>
    /// <exception cref="GptxException"><c>OnnxOutputUnexpected</c>: it has no floats.</exception>
    public static OnnxOutput Take(string name, OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        int[] shape = [.. info.Shape.Select(size => (int)size)];
        if (info.ElementDataType == TensorElementType.Float)
        {
            return new OnnxOutput(name, shape, new OrtMemory(value));
        }

        using (value)
        {
            return new OnnxOutput(name, shape, new OwnArray(Widened(name, value, info.ElementDataType)));
        }
    }

    private static float[] Widened(string name, OrtValue value, TensorElementType type)
    {
        var singles = new float[value.GetTensorTypeAndShape().ElementCount];
        switch (type)
        {
            case TensorElementType.Float16:
                TensorPrimitives.ConvertToSingle(System.Runtime.InteropServices.MemoryMarshal.Cast<Float16, Half>(value.GetTensorDataAsSpan<Float16>()), singles);
                return singles;
            case TensorElementType.BFloat16:
                var halves = System.Runtime.InteropServices.MemoryMarshal.Cast<BFloat16, ushort>(value.GetTensorDataAsSpan<BFloat16>());
                for (var index = 0; index < singles.Length; index++)
                {
                    singles[index] = BitConverter.UInt32BitsToSingle((uint)halves[index] << 16);
                }

                return singles;
            default:
                throw new GptxException(GptxErrorKind.ModelNotLoadable, "OnnxOutputUnexpected", $"the graph's output '{name}' is {type}: floats were expected");
        }
    }

    private sealed class OwnArray(float[] values) : IMemoryOwner<float>
    {
        public Memory<float> Memory => values;

        public void Dispose()
        {
            // Managed memory frees itself.
        }
    }
}
