using System.Numerics.Tensors;

namespace Gptx.Embeddings;

/// <summary>The one-line errors of this stage.</summary>
internal static class VectorChecks
{
    public static void SameWidth(int width, int expected)
    {
        if (width != expected)
        {
            throw Refuse("WidthMismatch", $"a vector of width {width} is not allowed: the others have width {expected}");
        }
    }

    public static void RowExists(int index, int count)
    {
        if ((uint)index >= (uint)count)
        {
            throw Refuse("RowOutOfRange", $"row {index} is not allowed: the table has rows 0 to {count - 1}");
        }
    }

    public static void Finite(ReadOnlySpan<float> vector, string what)
    {
        // The largest magnitude is no number where any number is none.
        if (!vector.IsEmpty && !float.IsFinite(TensorPrimitives.MaxMagnitude(vector)))
        {
            throw NotFinite(what);
        }
    }

    public static GptxException NotFinite(string what) => Refuse("VectorNotFinite", $"{what} has a number that is not finite");

    public static GptxException Refuse(string errorId, string message) => new(GptxErrorKind.InvalidArgument, errorId, message);
}
