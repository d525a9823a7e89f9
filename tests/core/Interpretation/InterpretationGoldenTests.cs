using System.Text.Json;
using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Interpretation;

[Trait("Category", "Golden")]
public class InterpretationGoldenTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_named_inner_value_is_the_references()
    {
        var failures = new List<string>();
        foreach (var golden in InterpretationGolden.All())
        {
            using var expected = SafetensorsFile.Open(Path.Join(golden.Folder, "activations.safetensors"));
            int[][] rows = [.. golden.Golden.GetProperty("batch").EnumerateArray().Select(name => golden.Ids(name.GetString()!))];
            using var values = golden.Model.Run(rows, ActivationSelection.All, Cancellation);
            Assert.Empty(expected.Tensors.Keys.Except(values.Names));
            Assert.Empty(values.Names.Except(expected.Tensors.Keys));
            var worst = (Error: 0.0, Name: "");
            foreach (var tensor in expected.Tensors.Values)
            {
                Assert.Equal(tensor.Shape, values[tensor.Name].Shape.Select(size => (long)size));
                var error = Closeness.Largest(values[tensor.Name].Values.Span, tensor.ReadSingles());
                worst = error > worst.Error ? (error, tensor.Name) : worst;
                if (error > (tensor.Name.EndsWith(".pattern", StringComparison.Ordinal) ? 1e-5 : 1e-4))
                {
                    failures.Add($"{golden.Name} {tensor.Name}: {error:e2}");
                }
            }

            output.WriteLine($"{golden.Name}: {expected.Tensors.Count} tensors, largest error {worst.Error:e2} of the largest value ({worst.Name})");
        }

        Assert.Empty(failures);
    }

    [Fact]
    public void Surprisals_are_the_references()
    {
        foreach (var golden in InterpretationGolden.All())
        {
            var (worst, count) = (0.0, 0);
            foreach (var sequence in golden.Golden.GetProperty("by_sequence").EnumerateObject())
            {
                foreach (var (key, begin) in ((string, int?)[])[("without_first", null), ("with_first_0", 0)])
                {
                    var expected = sequence.Value.GetProperty("surprisal").GetProperty(key);
                    var text = TokenSequence.FromIds(golden.Model, golden.Ids(sequence.Name));
                    var score = TextScorer.Score(golden.Model, text, new ScoreOptions { Begin = begin }, cancellation: Cancellation);
                    double?[] nats = expected.GetProperty("nats").Deserialize<double?[]>()!;
                    Assert.Equal(nats.Select(value => value is null), score.Tokens.Select(token => token.Surprisal is null));
                    worst = nats.Zip(score.Tokens, (value, token) => Math.Abs((value - token.Surprisal) ?? 0)).Append(worst).Max();
                    Assert.Equal(expected.GetProperty("tokens_counted").GetInt32(), score.TokensCounted);
                    Assert.Equal(expected.GetProperty("total_nats").GetDouble(), score.TotalSurprisal, 1e-5 * nats.Length);
                    Assert.Equal(expected.GetProperty("mean_nats").GetDouble(), score.MeanSurprisal!.Value, 1e-5);
                    Assert.Equal(1, score.Perplexity!.Value / expected.GetProperty("perplexity").GetDouble(), 1e-5);
                    Assert.All(score.Tokens, token => Assert.Equal(token.Surprisal, -token.LogProbability));
                    count += score.TokensCounted;
                }
            }

            output.WriteLine($"{golden.Name}: {count} surprisals, largest error {worst:e2} nats");
            Assert.InRange(worst, 0, 1e-5);
            Assert.True(count > 0, $"{golden.Name} has no surprisals");
        }
    }
}
