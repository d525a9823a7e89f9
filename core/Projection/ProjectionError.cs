namespace Gptx.Projection;

/// <summary>The one-line errors of this stage.</summary>
internal static class ProjectionError
{
    public static GptxException Refuse(string errorId, string message) => new(GptxErrorKind.InvalidArgument, errorId, message);

    /// <summary>Refuses a value of an option that is not within its range.</summary>
    public static void CheckRange(string name, double value, bool isAllowed, string allowed)
    {
        if (!isAllowed || !double.IsFinite(value))
        {
            throw Refuse("OptionOutOfRange", $"{name} {value} is not allowed: it must be {allowed}");
        }
    }

    /// <summary>Two or three dimensions.</summary>
    public static void CheckDimensions(int dimensions) => CheckRange("dims", dimensions, dimensions is 2 or 3, "2 or 3");

    /// <summary>New points must be as wide as those that a projection was made from.</summary>
    public static void CheckWidth(PointMatrix points, int width)
    {
        if (points.Width != width)
        {
            throw Refuse("PointWidth", $"the new points have {points.Width} numbers, those that the projection was made from have {width}");
        }
    }
}
