using System.Text.Json;
using Gptx.Interpretation;

namespace Gptx.Tests.Interpretation;

[Trait("Category", "Golden")]
public class AttentionGoldenTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Heads_measure_as_in_the_reference()
    {
        foreach (var golden in InterpretationGolden.All())
        {
            var (worst, count) = (0.0, 0);
            foreach (var sequence in golden.Sequences)
            {
                var heads = HeadMeasure.Of(golden.Model, golden.Text(sequence.Name), cancellation: Cancellation);
                Assert.Equal(sequence.Value.GetProperty("attention").GetArrayLength(), heads.Count);
                foreach (var expected in sequence.Value.GetProperty("attention").EnumerateArray())
                {
                    var head = heads.Single(head => head.Block == expected.GetProperty("layer").GetInt32() && head.Head == expected.GetProperty("head").GetInt32());
                    double? Of(string name) => expected.TryGetProperty(name, out var value) ? value.GetDouble() : null;
                    (double? Expected, double? Found)[] pairs =
                    [
                        (Of("entropy"), head.Entropy),
                        (Of("mean_distance"), head.MeanDistance),
                        (Of("first_token"), head.FirstToken),
                        (Of("previous_token"), head.PreviousToken),
                        (Of("self"), head.Self),
                        (Of("induction"), head.Induction),
                        (Of("duplicate_token"), head.DuplicateToken),
                    ];
                    Assert.All(pairs, pair => Assert.Equal(pair.Expected is null, pair.Found is null));
                    worst = pairs.Select(pair => Math.Abs((pair.Expected - pair.Found) ?? 0)).Append(worst).Max();
                    count++;
                }
            }

            output.WriteLine($"{golden.Name}: {count} heads, largest error {worst:e2}");
            Assert.InRange(worst, 0, 1e-4);
            Assert.True(count > 0);
        }
    }

    [Fact]
    public void Rollouts_are_the_references()
    {
        foreach (var golden in InterpretationGolden.All())
        {
            using var findings = golden.Findings();
            var (worst, count) = (0.0, 0);
            foreach (var sequence in golden.Sequences)
            {
                var rollout = AttentionRollout.Of(golden.Model, golden.Text(sequence.Name), cancellation: Cancellation).Single();
                worst = Math.Max(worst, Golden.Difference(findings.Tensors[$"{sequence.Name}.rollout"], 0, [.. rollout.Pattern.SelectMany(row => row)]));
                var last = sequence.Value.GetProperty("rollout_last_row").Deserialize<double[]>()!;
                Assert.All(last.Zip(rollout.Pattern[^1]), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
                count++;
            }

            output.WriteLine($"{golden.Name}: {count} rollouts, largest error {worst:e2}");
            Assert.InRange(worst, 0, 1e-5);
            Assert.True(count > 0);
        }
    }
}
