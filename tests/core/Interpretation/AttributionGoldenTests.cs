using System.Text.Json;
using Gptx.Interpretation;

namespace Gptx.Tests.Interpretation;

[Trait("Category", "Golden")]
public class AttributionGoldenTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Logits_are_the_sum_of_the_references_parts()
    {
        foreach (var golden in InterpretationGolden.All())
        {
            var (worst, count) = (0.0, 0);
            foreach (var sequence in golden.Sequences)
            {
                foreach (var expected in sequence.Value.GetProperty("attribution").EnumerateArray())
                {
                    var ids = expected.GetProperty("ids").Deserialize<int[]>()!;
                    var found = LogitAttributor.Of(
                        golden.Model, golden.Text(sequence.Name), new AttributionOptions { Target = ids[0], Against = ids[1] }, cancellation: Cancellation);
                    void Same(double? value, LogitPartKind kind, int? block = null, int? head = null)
                    {
                        var part = found.Parts.SingleOrDefault(part => part.Kind == kind && part.Block == block && part.Head == head);
                        Assert.Equal(value is null, part is null);
                        worst = Math.Max(worst, Math.Abs((part?.Contribution - value) ?? 0));
                        count++;
                    }

                    double? Number(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetDouble();
                    Same(Number(expected.GetProperty("embed")), LogitPartKind.Embedding);
                    Same(Number(expected.GetProperty("pos_embed")), LogitPartKind.PositionEmbedding);
                    Same(Number(expected.GetProperty("final_norm_bias")), LogitPartKind.NormBias);
                    foreach (var (block, heads) in expected.GetProperty("heads").EnumerateArray().Index())
                    {
                        Same(expected.GetProperty("attn_out")[block].GetDouble(), LogitPartKind.Attention, block);
                        Same(expected.GetProperty("mlp_out")[block].GetDouble(), LogitPartKind.FeedForward, block);
                        Same(expected.GetProperty("attn_out_bias")[block].GetDouble(), LogitPartKind.AttentionBias, block);
                        foreach (var (head, value) in heads.EnumerateArray().Index())
                        {
                            Same(value.GetDouble(), LogitPartKind.Head, block, head);
                        }
                    }

                    Assert.Equal(expected.GetProperty("logit_difference").GetDouble(), found.LogitDifference, 1e-4);
                    Assert.Equal(expected.GetProperty("norm_scale").GetDouble(), found.NormScale!.Value, 1e-4);
                    Assert.Equal(found.LogitDifference, found.Sum, 1e-4);
                }
            }

            output.WriteLine($"{golden.Name}: {count} parts, largest error {worst:e2}");
            Assert.InRange(worst, 0, 1e-4);
            Assert.True(count > 0);
        }
    }

    [Fact]
    public void Occlusion_finds_what_the_reference_finds()
    {
        foreach (var golden in InterpretationGolden.All())
        {
            var count = 0;
            foreach (var sequence in golden.Sequences.Where(sequence => sequence.Value.TryGetProperty("occlusion", out _)))
            {
                var expected = sequence.Value.GetProperty("occlusion");
                var effects = Occlusion.Of(golden.Model, golden.Text(sequence.Name), replacement: expected.GetProperty("replacement").GetInt32(), cancellation: Cancellation);
                Assert.Equal(expected.GetProperty("positions").GetArrayLength(), effects.Count);
                foreach (var (position, effect) in expected.GetProperty("positions").EnumerateArray().Zip(effects))
                {
                    Assert.Equal(position.GetProperty("position").GetInt32(), effect.Position);
                    Assert.Equal(expected.GetProperty("predicted").GetInt32(), effect.TargetId);
                    Assert.Equal(expected.GetProperty("probability").GetDouble(), effect.ProbabilityBefore, 1e-5);
                    Assert.Equal(position.GetProperty("probability").GetDouble(), effect.Probability, 1e-5);
                    Assert.Equal(position.GetProperty("difference").GetDouble(), effect.Difference, 1e-5);
                    Assert.Equal(position.GetProperty("log_probability_difference").GetDouble(), effect.LogProbabilityDifference, 1e-4);
                    count++;
                }
            }

            output.WriteLine($"{golden.Name}: {count} positions");
            Assert.True(count > 0);
        }
    }
}
