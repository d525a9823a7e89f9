using System.IO.Enumeration;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>Measures the matrices of a model.</summary>
public static class WeightMeasure
{
    /// <summary>Numbers that are read at a time: whole blocks of any quantized type.</summary>
    private const int Stretch = 1 << 20;

    /// <summary>Each matrix of some blocks, and after them the block as a whole; without blocks also the matrices that belong to none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="blocks">The blocks; none means all.</param>
    /// <param name="pattern">Only matrices whose names match, with * and ?; null means all.</param>
    /// <param name="bins">How many bins the histograms have.</param>
    /// <param name="cancellation">Stops between stretches.</param>
    /// <returns>One after the other, as they are measured.</returns>
    /// <exception cref="GptxException"><c>BlockOutOfRange</c>, <c>OptionOutOfRange</c>, <c>MatrixNotFound</c>; <c>CheckpointNeeded</c>: an ONNX model.</exception>
    public static IEnumerable<WeightStatistics> Of(
        LanguageModel model, IReadOnlyList<int>? blocks = null, string? pattern = null, int bins = 50, CancellationToken cancellation = default)
    {
        if (bins is < 1 or > 100_000)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"bins {bins} is not allowed: it must be from 1 to 100000");
        }

        ModelParts.CheckBlocks(model, blocks ?? []);
        var all = Matrices(model).Where(weight => blocks is null or [] || (weight.Block is { } block && blocks.Contains(block))).ToList();
        var matching = all.Where(weight => pattern is null || FileSystemName.MatchesSimpleExpression(pattern, weight.Name, ignoreCase: false)).ToList();
        return matching.Count > 0 ? Measure(model, matching, isWhole: pattern is null, bins, cancellation) : throw NotFound(model, pattern ?? "*");
    }

    /// <summary>A matrix, or its moving average over windows of so many rows and columns.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The tensor's name; with * and ? it must match one alone.</param>
    /// <param name="window">The width and height of the window; 1 gives the matrix itself.</param>
    /// <param name="stride">How far it moves each time; null: windows lie side by side.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <exception cref="GptxException"><c>MatrixNotFound</c>, <c>OptionOutOfRange</c>; <c>CheckpointNeeded</c>: an ONNX model.</exception>
    public static WeightMatrix Matrix(LanguageModel model, string name, int window = 1, int? stride = null, CancellationToken cancellation = default)
    {
        var found = Matching(model, name);
        return found is [var only] ? Matrix(model, only, window, stride, cancellation) : throw NotFound(model, name, found.Count);
    }

    /// <summary>Matrices, or their moving averages, one after the other.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pattern">Which matrices, by name, with * and ?.</param>
    /// <param name="window">The width and height of the window; 1 gives the matrices themselves.</param>
    /// <param name="stride">How far it moves each time; null: windows lie side by side.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <exception cref="GptxException"><c>MatrixNotFound</c>, <c>OptionOutOfRange</c>; <c>CheckpointNeeded</c>: an ONNX model.</exception>
    public static IEnumerable<WeightMatrix> Matrices(LanguageModel model, string pattern, int window = 1, int? stride = null, CancellationToken cancellation = default)
    {
        var found = Matching(model, pattern);
        return found.Count > 0 ? found.Select(weight => Matrix(model, weight, window, stride, cancellation)) : throw NotFound(model, pattern);
    }

    private static List<ModelWeight> Matching(LanguageModel model, string pattern) =>
        [.. Matrices(model).Where(weight => FileSystemName.MatchesSimpleExpression(pattern, weight.Name, ignoreCase: false))];

    private static WeightMatrix Matrix(LanguageModel model, ModelWeight weight, int window, int? stride, CancellationToken cancellation)
    {
        var (rows, columns) = ((int)weight.Shape[0], (int)weight.Shape[1]);
        if (window < 1 || window > Math.Min(rows, columns) || stride < 1)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "OptionOutOfRange",
                $"a window of {window} moved by {stride ?? window} is not allowed: {weight.Name} is {rows} x {columns}, so the window may be 1 to {Math.Min(rows, columns)}, and moves by at least 1");
        }

        var values = MovingAverage.Of(model.Tensors[weight.Name], rows, columns, window, stride ?? window, cancellation);
        return new WeightMatrix(weight.Name, weight.Block, rows, columns, window, stride ?? window, values, model.Name);
    }

    private static IEnumerable<WeightStatistics> Measure(LanguageModel model, List<ModelWeight> weights, bool isWhole, int bins, CancellationToken cancellation)
    {
        foreach (var group in weights.GroupBy(weight => weight.Block).OrderBy(group => group.Key ?? -1))
        {
            var together = new NumberSummary(bins);
            var summaries = group.Select(weight => (Weight: weight, Summary: new NumberSummary(bins))).ToList();
            foreach (var (weight, summary) in summaries)
            {
                Read(model, weight, cancellation, summary.Range, together.Range);
            }

            foreach (var (weight, summary) in summaries)
            {
                Read(model, weight, cancellation, summary.Around, together.Around);
                yield return summary.Result(weight.Name, weight.Block, weight.Shape, model.Name);
            }

            if (isWhole && group.Key is { } block)
            {
                yield return together.Result($"block {block}", block, null, model.Name);
            }
        }
    }

    private static void Read(LanguageModel model, ModelWeight weight, CancellationToken cancellation, params ReadOnlySpan<ReadNumbers> readers)
    {
        var tensor = model.Tensors[weight.Name];
        var buffer = new float[(int)Math.Min(Stretch, tensor.Count)];
        for (var first = 0L; first < tensor.Count; first += Stretch)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = buffer.AsSpan(0, (int)Math.Min(Stretch, tensor.Count - first));
            tensor.ReadSingles(first, part);
            foreach (var read in readers)
            {
                read(part);
            }
        }
    }

    private delegate void ReadNumbers(ReadOnlySpan<float> numbers);

    private static IEnumerable<ModelWeight> Matrices(LanguageModel model) => ModelWeight.Of(model).Where(weight => weight.Shape.Count == 2);

    private static GptxException NotFound(LanguageModel model, string name, int count = 0) => new(
        GptxErrorKind.InvalidArgument,
        "MatrixNotFound",
        $"{(count == 0 ? "no matrix is" : $"{count} matrices are")} named '{name}': there are {string.Join(", ", Matrices(model).Where(weight => weight.Block is null or 0).Select(weight => weight.Name))}{(model.Shape.Blocks > 1 ? ", and those of the other blocks" : "")}");
}
