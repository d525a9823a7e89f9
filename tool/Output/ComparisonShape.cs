using Gptx.Inference.Comparison;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Output;

/// <summary>How a comparison of two models is written and shown.</summary>
internal static class ComparisonShape
{
    private static readonly RecordShape<TextComparison> Texts = new(
        new("index", row => row.Index),
        new("text", row => row.Text),
        new("tokens", row => row.Tokens),
        new("perplexityA", row => row.PerplexityA),
        new("perplexityB", row => row.PerplexityB),
        new("meanDivergence", row => row.MeanDivergence),
        new("maxDivergence", row => row.MaxDivergence),
        new("topAgreement", row => row.TopAgreement),
        new("meanCosine", row => row.MeanCosine));

    public static Report<ModelComparison> Report { get; } = new()
    {
        Shape = new(
            new("modelA", both => both.ModelA),
            new("modelB", both => both.ModelB),
            new("precisionA", both => both.PrecisionA),
            new("precisionB", both => both.PrecisionB),
            new("computeA", both => both.ComputeA),
            new("computeB", both => both.ComputeB),
            new("tokens", both => both.Tokens),
            new("perplexityA", both => both.PerplexityA),
            new("perplexityB", both => both.PerplexityB),
            new("meanDivergence", both => both.MeanDivergence),
            new("maxDivergence", both => both.MaxDivergence),
            new("topAgreement", both => both.TopAgreement),
            new("meanLogProbabilityError", both => both.MeanLogProbabilityError),
            new("maxLogProbabilityError", both => both.MaxLogProbabilityError),
            new("meanCosine", both => both.MeanCosine),
            new("minCosine", both => both.MinCosine),
            new("texts", both => Texts.List(both.Texts))),
        IsSingle = true,
        CsvLines = both => both.Texts.Select(row => Texts.Fields.Select(field => KeyValuePair.Create(field.Name, field.Value(row))).ToArray()),
        Show = (screen, all) => Show(screen, all[0]),
    };

    private static void Show(Screen screen, ModelComparison both)
    {
        screen.Line($"A: {both.ModelA}, precision {both.PrecisionA}, compute {both.ComputeA}");
        screen.Line($"B: {both.ModelB}, precision {both.PrecisionB}, compute {both.ComputeB}");
        screen.Table(
            ["", ">A", ">B"],
            both.PerplexityA is null ? [["tokens", $"{both.Tokens}", $"{both.Tokens}"]] :
            [
                ["tokens", $"{both.Tokens}", $"{both.Tokens}"],
                ["perplexity", Readable.Short(both.PerplexityA), Readable.Short(both.PerplexityB)],
            ]);
        List<string[]> rows = [];
        if (both.MeanDivergence is { } mean)
        {
            rows.Add(["divergence of B from A, KL(A || B), nats", Readable.Scientific(mean), Readable.Scientific(both.MaxDivergence!.Value)]);
            rows.Add(["difference of log-probabilities, nats", Readable.Scientific(both.MeanLogProbabilityError!.Value), Readable.Scientific(both.MaxLogProbabilityError!.Value)]);
            rows.Add(["the same most probable token", Readable.Percent(both.TopAgreement!.Value), ""]);
        }

        if (both.MeanCosine is { } cosine)
        {
            rows.Add(["1 - cosine of the last hidden states", Readable.Scientific(1 - cosine), Readable.Scientific(1 - both.MinCosine!.Value)]);
        }

        screen.Table(["", ">mean", ">worst"], rows);
    }
}
