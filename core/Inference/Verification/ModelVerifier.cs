using Gptx.Activations;
using Gptx.Checkpoints;

namespace Gptx.Inference.Verification;

/// <summary>
/// Compares a model with reference values: <c>golden.safetensors</c> (inputs and inner values of runs, as transformers gives them) and
/// the greedy continuations of <c>golden.json</c> beside it.
/// </summary>
public static class ModelVerifier
{
    /// <summary>The default tolerance: 1e-4 of the tensor's largest value.</summary>
    public const double DefaultTolerance = 1e-4;

    private const double TrustedGap = 1e-3;

    /// <summary>Compares a model with the golden files in a folder; padded positions are not compared.</summary>
    /// <exception cref="GptxException"><c>GoldenNotFound</c>, <c>GoldenInvalid</c>.</exception>
    public static VerificationReport Verify(LanguageModel model, string folder, double tolerance = DefaultTolerance, CancellationToken cancellation = default)
    {
        var path = Path.Combine(folder, "golden.safetensors");
        if (!File.Exists(path))
        {
            throw new GptxException(GptxErrorKind.ModelNotLoadable, "GoldenNotFound", $"{path} does not exist: a model is verified against a golden.safetensors beside it");
        }

        using var golden = SafetensorsFile.Open(path);
        var tensors = new List<TensorVerdict>();
        foreach (var run in ReferenceRun.All(golden))
        {
            tensors.AddRange(CompareRun(model, golden, run, tolerance, cancellation));
        }

        return new VerificationReport(folder, tolerance, tensors, CompareGreedy(model, Path.Combine(folder, "golden.json"), cancellation));
    }

    private static IEnumerable<TensorVerdict> CompareRun(LanguageModel model, SafetensorsFile golden, ReferenceRun run, double tolerance, CancellationToken cancellation)
    {
        var prefix = run.Name + ".";
        var references = golden.Tensors.Values
            .Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal) && !ReferenceRun.IsInput(tensor.Name))
            .Select(tensor => (Tensor: tensor, Activation: ReferenceTensor.ActivationOf(tensor.Name[prefix.Length..], model.Shape, model.ActivationNames)))
            .ToList();
        string[] names = [.. references.Select(reference => reference.Activation).OfType<string>().Distinct(StringComparer.Ordinal)];
        using var values = names.Length == 0 ? null : model.Run(run.Rows, run.TokenTypes, new ActivationSelection(names), cancellation);
        foreach (var (tensor, activation) in references)
        {
            yield return activation is null
                ? new TensorVerdict(tensor.Name, double.NaN, double.NaN, Passed: false, "not compared: this model has no such output")
                : Compare(tensor, run, values!, activation, tolerance);
        }
    }

    private static TensorVerdict Compare(CheckpointTensor reference, ReferenceRun run, ActivationCache values, string activation, double tolerance)
    {
        var expected = reference.ReadSingles();
        var difference = new LargestDifference();
        var shape = ShapeOf(run, values.Row(activation, 0));
        if (!reference.Shape.SequenceEqual(shape) && !(shape is [.., 1] && reference.Shape.SequenceEqual(shape[..^1])))
        {
            var note = $"the reference has shape [{string.Join(", ", reference.Shape)}], this model gives [{string.Join(", ", shape)}]";
            return new TensorVerdict(reference.Name, double.PositiveInfinity, double.PositiveInfinity, Passed: false, note);
        }

        for (var row = 0; row < run.Rows.Count; row++)
        {
            var actual = values.Row(activation, row);
            var isAttention = actual.Shape.Count == 3;
            var perRow = expected.Length / run.Rows.Count;
            var expectedRow = expected.AsSpan(row * perRow, perRow);
            if (isAttention)
            {
                Attention(actual, expectedRow, run.Starts[row], run.Width, ref difference);
            }
            else if (actual.Shape.Count == 1)
            {
                difference.Include(actual.Values.Span, expectedRow);
            }
            else
            {
                var width = actual.Shape[1];
                difference.Include(actual.Values.Span, expectedRow.Slice(run.Starts[row] * width, run.Rows[row].Count * width));
            }
        }

        return new TensorVerdict(reference.Name, difference.Absolute, difference.Relative, difference.Relative <= tolerance);
    }

    /// <summary>The shape that this model's values would have in the reference's layout.</summary>
    private static long[] ShapeOf(ReferenceRun run, Activation row) => row.Shape.Count switch
    {
        3 => [run.Rows.Count, row.Shape[0], run.Width, run.Width],
        1 => [run.Rows.Count, row.Shape[0]],
        _ => [run.Rows.Count, run.Width, row.Shape[1]],
    };

    private static void Attention(Activation actual, ReadOnlySpan<float> expected, int start, int width, ref LargestDifference difference)
    {
        var (heads, length) = (actual.Shape[0], actual.Shape[1]);
        for (var head = 0; head < heads; head++)
        {
            for (var query = 0; query < length; query++)
            {
                var from = (((head * width) + start + query) * width) + start;
                difference.Include(actual.Values.Span.Slice(((head * length) + query) * length, length), expected.Slice(from, length));
            }
        }
    }

    private static List<GreedyVerdict> CompareGreedy(LanguageModel model, string path, CancellationToken cancellation) =>
        [.. ReferenceContinuation.ReadAll(path).Select((reference, row) =>
        {
            var prompt = reference.Ids.Take(reference.PromptTokens).ToList();
            var actual = GreedyContinuation.Of(model, prompt, reference.Ids.Count - prompt.Count, cancellation);
            return new GreedyVerdict(row, reference.Ids, actual, reference.SmallestGap, reference.SmallestGap >= TrustedGap);
        })];
}
