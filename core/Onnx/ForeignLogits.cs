using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>The logits after the last token of each row, out of a graph's output.</summary>
internal static class ForeignLogits
{
    /// <summary>Name of the output.</summary>
    public const string Name = "logits";

    /// <summary>Copies them to where the rows have theirs.</summary>
    /// <param name="value">The output, [rows, width or 1, vocabulary]; taken over.</param>
    /// <param name="rows">Which row of the target each row is.</param>
    /// <param name="target">[all rows, vocabulary].</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <exception cref="GptxException"><c>OnnxOutputUnexpected</c>: it has another shape.</exception>
    public static void CopyLast(OrtValue value, IReadOnlyList<int> rows, float[] target, int vocabulary)
    {
        var output = ForeignSingles.Take(Name, value);
        using (output.Owner)
        {
            if (output.Shape is not [var count, > 0 and var width, var last] || count != rows.Count || last != vocabulary)
            {
                throw new GptxException(
                    GptxErrorKind.ModelNotLoadable,
                    "OnnxOutputUnexpected",
                    $"the graph's logits have shape [{string.Join(", ", output.Shape)}]: [{rows.Count}, tokens, {vocabulary}] was expected");
            }

            for (var row = 0; row < rows.Count; row++)
            {
                output.Owner.Memory.Span.Slice(((row * width) + width - 1) * vocabulary, vocabulary).CopyTo(target.AsSpan(rows[row] * vocabulary));
            }
        }
    }
}
