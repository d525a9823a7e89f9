using Gptx.Inference;
using Gptx.Inference.Comparison;
using Gptx.Tests.Checkpoints;
using Gptx.Tests.Prediction;

namespace Gptx.Tests.Inference.Comparison;

public class ModelComparerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Numbers_are_those_of_their_definitions()
    {
        using var one = new RandomGpt2(new Gpt2Recipe { Seed = 1 });
        using var two = new RandomGpt2(new Gpt2Recipe { Seed = 2 });
        using var a = one.Load();
        using var b = two.Load();
        int[][] rows = one.Rows(9, 5);
        var comparison = Compare(a, b, rows);
        var pairs = rows.Select(row => Enumerable.Range(1, row.Length).Select(length => (A: Log(a, row[..length]), B: Log(b, row[..length]))).ToList()).ToList();
        var all = pairs.SelectMany(row => row).ToList();
        Close(all.Average(pair => Divergence(pair.A, pair.B)), comparison.MeanDivergence);
        Close(all.Max(pair => Divergence(pair.A, pair.B)), comparison.MaxDivergence);
        Close(all.Average(pair => Array.IndexOf(pair.A, pair.A.Max()) == Array.IndexOf(pair.B, pair.B.Max()) ? 1.0 : 0), comparison.TopAgreement);
        Close(all.Average(pair => pair.A.Zip(pair.B).Average(entry => Math.Abs(entry.First - entry.Second))), comparison.MeanLogProbabilityError);
        Close(all.Max(pair => pair.A.Zip(pair.B).Max(entry => Math.Abs(entry.First - entry.Second))), comparison.MaxLogProbabilityError);
        Close(Perplexity(rows, pairs, pair => pair.A), comparison.PerplexityA);
        Close(Perplexity(rows, pairs, pair => pair.B), comparison.PerplexityB);
        Close(pairs[1].Average(pair => Divergence(pair.A, pair.B)), comparison.Texts[1].MeanDivergence);
        Assert.Equal(14, comparison.Tokens);
        Assert.True(comparison.MeanCosine < 1 && comparison.MinCosine <= comparison.MeanCosine);
    }

    [Fact]
    public void A_model_is_no_distance_from_itself()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe());
        using var a = checkpoint.Load();
        using var b = checkpoint.Load();
        var comparison = Compare(a, b, checkpoint.Rows(12));
        Assert.Equal((0, 1, 0), (comparison.MaxDivergence, comparison.TopAgreement, comparison.MaxLogProbabilityError));
        Assert.Equal(1, comparison.MinCosine!.Value, 1e-12);
        Assert.Equal(comparison.PerplexityA, comparison.PerplexityB);
    }

    [Fact]
    public void Divergence_has_a_direction()
    {
        using var one = new RandomGpt2(new Gpt2Recipe { Seed = 1 });
        using var two = new RandomGpt2(new Gpt2Recipe { Seed = 2 });
        using var a = one.Load();
        using var b = two.Load();
        var rows = one.Rows(8);
        Assert.NotEqual(Compare(a, b, rows).MeanDivergence!.Value, Compare(b, a, rows).MeanDivergence!.Value, 1e-3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    public void Every_token_counts_once_in_windows(int window)
    {
        using var one = new RandomGpt2(new Gpt2Recipe { Seed = 1 });
        using var two = new RandomGpt2(new Gpt2Recipe { Seed = 2 });
        using var a = one.Load();
        using var b = two.Load();
        var row = one.Rows(11)[0];
        var comparison = Compare(a, b, [row], new ComparisonOptions { Window = window });
        var divergences = new List<double>();
        for (var position = 0; position < row.Length; position++)
        {
            // The window in which a position is new: the first ends at window, each next one half a window later.
            var end = window;
            while (end <= position)
            {
                end = Math.Min(end + Math.Max(1, window / 2), row.Length);
            }

            var seen = row[Math.Max(0, Math.Min(end, row.Length) - window)..(position + 1)];
            divergences.Add(Divergence(Log(a, seen), Log(b, seen)));
        }

        Close(divergences.Average(), comparison.MeanDivergence);
    }

    [Fact]
    public void Encoders_are_compared_by_what_they_give()
    {
        using var masked = LanguageModel.Load(TinyEncoder.FolderOf("BertForMaskedLM"));
        var text = TokenSequence.FromText(masked, "the cat sat");
        var comparison = ModelComparer.Compare(masked, masked, [text], cancellation: Cancellation);
        Assert.Null(comparison.PerplexityA);
        Assert.Equal(0, comparison.MeanDivergence);
        using var classifier = LanguageModel.Load(TinyEncoder.FolderOf("BertForSequenceClassification"));
        Assert.Equal(1, ModelComparer.Compare(classifier, classifier, [text], cancellation: Cancellation).TopAgreement);
        var error = Refusal.Expect("ModelsNotComparable", () => ModelComparer.Compare(masked, classifier, [text]));
        Assert.Contains("fills masks", error.Message, StringComparison.Ordinal);
        Refusal.Expect("TextTooLong", () => ModelComparer.Compare(classifier, classifier, [text], new ComparisonOptions { Window = 2 }));
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_by_name()
    {
        using var one = new RandomGpt2(new Gpt2Recipe());
        using var other = new RandomGpt2(new Gpt2Recipe { Vocabulary = 31 });
        using var a = one.Load();
        using var b = other.Load();
        Assert.Contains("31", Refusal.Expect("VocabulariesDiffer", () => Compare(a, b, other.Rows(3))).Message, StringComparison.Ordinal);
        Refusal.Expect("TextMissing", () => Compare(a, a, []));
        Refusal.Expect("OptionOutOfRange", () => Compare(a, a, one.Rows(3), new ComparisonOptions { Window = 1 }));
    }

    private static ModelComparison Compare(LanguageModel a, LanguageModel b, int[][] rows, ComparisonOptions? options = null) =>
        ModelComparer.Compare(a, b, [.. rows.Select(row => TokenSequence.FromIds(a, row))], options, cancellation: Cancellation);

    private static double[] Log(LanguageModel model, int[] ids)
    {
        var logits = model.NextLogits([ids])[0];
        var sum = Math.Log(logits.Sum(logit => Math.Exp(logit)));
        return [.. logits.Select(logit => logit - sum)];
    }

    private static double Divergence(double[] p, double[] q) => p.Zip(q).Sum(pair => Math.Exp(pair.First) * (pair.First - pair.Second));

    private static double Perplexity(int[][] rows, List<List<(double[] A, double[] B)>> pairs, Func<(double[] A, double[] B), double[]> side) =>
        Math.Exp(-rows.Zip(pairs).SelectMany(row => row.Second.Take(row.First.Length - 1).Select((pair, position) => side(pair)[row.First[position + 1]])).Average());

    private static void Close(double expected, double? actual) => Assert.Equal(expected, actual!.Value, 1e-4 * Math.Max(1, Math.Abs(expected)));
}
