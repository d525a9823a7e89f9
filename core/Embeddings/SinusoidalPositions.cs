namespace Gptx.Embeddings;

/// <summary>
/// The position encodings of the first transformer (Vaswani et al. 2017), which no model has to learn: number 2i of position p is sin(p / 10000^(2i/width)),
/// number 2i + 1 its cosine.
/// </summary>
public static class SinusoidalPositions
{
    /// <summary>What stands in place of a model's name.</summary>
    public const string Name = "sinusoidal";

    private const double Base = 10000;
    private const long MostNumbers = 1L << 28;

    /// <summary>The encodings of positions 0 to <paramref name="count"/> - 1, or of some of these.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>; <c>PositionOutOfRange</c>.</exception>
    public static IReadOnlyList<PositionVector> Of(int count, int width, IReadOnlyList<int>? positions = null)
    {
        if (count < 1 || width < 1 || (long)count * width > MostNumbers)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"{count} sinusoidal positions of width {width} are not allowed: both must be at least 1, and together at most {MostNumbers} numbers");
        }

        if (positions?.Any(position => position < 0 || position >= count) == true)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "PositionOutOfRange", $"there are positions 0 to {count - 1}: one that was named is not among them");
        }

        return [.. (positions is null or [] ? Enumerable.Range(0, count) : positions).Select(position => new PositionVector(position, Vector(position, width), Name))];
    }

    private static float[] Vector(int position, int width)
    {
        var vector = new float[width];
        for (var index = 0; index < width; index++)
        {
            var angle = position / Math.Pow(Base, (index - (index % 2)) / (double)width);
            vector[index] = (float)(index % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
        }

        return vector;
    }
}
