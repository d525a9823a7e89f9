namespace Gptx.Inference.Verification;

/// <summary>The one-line error where reference values cannot be used.</summary>
internal static class GoldenError
{
    /// <summary><c>GoldenInvalid</c>: the file does not hold what it should.</summary>
    public static GptxException Invalid(string message, Exception? inner = null) =>
        new(GptxErrorKind.ModelNotLoadable, "GoldenInvalid", message, inner);
}
