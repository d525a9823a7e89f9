using System.Text.Json;
using Gptx.Interpretation;

namespace Gptx.Tests.Interpretation;

[Trait("Category", "Golden")]
public class LensGoldenTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_lens_reads_what_the_reference_reads()
    {
        foreach (var golden in InterpretationGolden.All())
        {
            var count = 0;
            foreach (var sequence in golden.Sequences)
            {
                var text = golden.Text(sequence.Name);
                foreach (var (layer, expected) in sequence.Value.GetProperty("logit_lens").EnumerateArray().Index())
                {
                    var readings = LogitLens.Of(golden.Model, text, [layer], top: 5, cancellation: Cancellation);
                    Assert.Equal(Enumerable.Range(0, text.Count), readings.Select(reading => reading.Position));
                    foreach (var (position, reading) in readings.Index())
                    {
                        Compare(expected, position, reading);
                        count++;
                    }
                }
            }

            output.WriteLine($"{golden.Name}: {count} readings");
            Assert.True(count > 0);
        }
    }

    private static void Compare(JsonElement expected, int position, LensReading reading)
    {
        double? Number(string name) => expected.GetProperty(name)[position] is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
        var where = $"{reading.At} {position}";
        Assert.Equal(expected.GetProperty("at").GetString(), reading.At);
        var probabilities = expected.GetProperty("top_probabilities")[position].Deserialize<double[]>()!;
        Assert.All(probabilities.Zip(reading.Top), pair => Assert.Equal(pair.First, pair.Second.Probability, 1e-5));
        Golden.Same(expected.GetProperty("top_ids")[position].Deserialize<int[]>()!, [.. reading.Top.Select(token => token.Id)], probabilities, 1e-5, where);
        Assert.Equal(Number("kl_final_to_lens")!.Value, reading.KlFinalToLens, 1e-4);
        Assert.Equal(Number("kl_lens_to_final")!.Value, reading.KlLensToFinal, 1e-4);
        Assert.Equal(Number("entropy")!.Value, reading.Entropy, 1e-4);
        Assert.Equal(Number("rank_of_next"), reading.RankOfNext);
        Assert.Equal(Number("log_probability_of_next") is null, reading.LogProbabilityOfNext is null);
        Assert.Equal(Number("log_probability_of_next") ?? 0, reading.LogProbabilityOfNext ?? 0, 1e-4);
        Assert.True(reading.NormApplied);
    }
}
