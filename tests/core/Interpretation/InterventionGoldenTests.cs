using System.Text.Json;
using Gptx.Activations;
using Gptx.Interpretation;

namespace Gptx.Tests.Interpretation;

[Trait("Category", "Golden")]
public class InterventionGoldenTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AblationMethod.Zero)]
    [InlineData(AblationMethod.Mean)]
    public void A_model_without_a_part_says_what_the_reference_says(AblationMethod method)
    {
        foreach (var golden in InterpretationGolden.All())
        {
            using var findings = golden.Findings();
            var expected = golden.Golden.GetProperty("ablation");
            var key = method.ToString().ToLowerInvariant();
            var sites = Ablation.Sites(golden.Model);
            int[][] rows = [.. golden.Batch.Select(text => text.Ids.ToArray())];
            var means = Ablation.Means(golden.Model, rows, sites, method, Cancellation);
            var (worstLoss, worstLogit) = (0.0, 0.0);
            foreach (var effect in Ablation.Measure(golden.Model, golden.Batch, sites, method, cancellation: Cancellation))
            {
                var part = expected.GetProperty(effect.Head is null ? "mlps" : "heads").EnumerateArray().Single(part =>
                    part.GetProperty("layer").GetInt32() == effect.Block && (effect.Head is null || part.GetProperty("head").GetInt32() == effect.Head));
                worstLoss = Math.Max(worstLoss, Math.Abs(part.GetProperty($"loss_{key}").GetDouble() - effect.Loss!.Value));
                Assert.Equal(expected.GetProperty("loss").GetDouble(), effect.LossBefore!.Value, 1e-5);

                var site = new AblationSite(effect.Block, effect.Head);
                using var values = golden.Model.Run(rows, new ActivationSelection(ActivationName.Logits), [site.With(means[site])], Cancellation);
                var tensor = findings.Tensors[$"ablation.{(effect.Head is null ? "mlp" : "head")}_{key}"];
                for (var row = 0; row < rows.Length; row++)
                {
                    var place = (((effect.Head is { } head ? (effect.Block * golden.Model.Shape.Heads) + head : effect.Block) * rows.Length) + row);
                    worstLogit = Math.Max(worstLogit, Golden.Difference(tensor, place, values.Row(ActivationName.Logits, row)[rows[row].Length - 1].Values.Span));
                }
            }

            output.WriteLine($"{golden.Name} {key}: {sites.Count} parts, largest error {worstLoss:e2} nats, {worstLogit:e2} of logits");
            Assert.InRange(worstLoss, 0, 1e-5);
            Assert.InRange(worstLogit, 0, 1e-4);
        }
    }

    [Fact]
    public void Patching_does_what_it_does_in_the_reference()
    {
        foreach (var golden in InterpretationGolden.All())
        {
            var expected = golden.Golden.GetProperty("patching");
            var ids = expected.GetProperty("ids").Deserialize<int[]>()!;
            var (worst, count) = (0.0, 0);
            foreach (var effect in ActivationPatch.Measure(golden.Model, golden.Text("clean"), golden.Text("corrupted"), cancellation: Cancellation))
            {
                Assert.Equal((ids[0], ids[1]), (effect.TargetId, effect.AgainstId));
                var value = effect.Kind == PatchKind.Head
                    ? expected.GetProperty("heads")[effect.Block][effect.Head!.Value].GetDouble()
                    : expected.GetProperty("resid_pre")[effect.Block][effect.Position!.Value].GetDouble();
                var (clean, corrupted) = (expected.GetProperty("clean").GetDouble(), expected.GetProperty("corrupted").GetDouble());
                worst = Math.Max(worst, Math.Abs(value - effect.Metric));
                Assert.Equal(clean, effect.CleanMetric, 1e-4);
                Assert.Equal(corrupted, effect.CorruptedMetric, 1e-4);
                Assert.Equal((value - corrupted) / (clean - corrupted), effect.Normalized!.Value, 1e-4);
                count++;
            }

            output.WriteLine($"{golden.Name}: {count} patches, largest error {worst:e2}");
            Assert.InRange(worst, 0, 1e-4);
            Assert.Equal(golden.Model.Shape.Blocks * (golden.Model.Shape.Heads + golden.Text("clean").Count), count);
        }
    }

    [Fact]
    public void Steering_moves_logits_as_in_the_reference_with_and_without_a_cache()
    {
        foreach (var golden in InterpretationGolden.All())
        {
            using var findings = golden.Findings();
            var expected = golden.Golden.GetProperty("steering");
            var vector = findings.Tensors["steering.vector"].ReadSingles();
            var steering = new SteeringVector(expected.GetProperty("layer").GetInt32(), vector, expected.GetProperty("factor").GetDouble());
            var ids = golden.Ids(expected.GetProperty("sequence").GetString()!);
            using var values = golden.Model.Run([ids], new ActivationSelection(ActivationName.Logits), [steering.ToIntervention()], Cancellation);
            var logits = findings.Tensors["steering.logits"];
            var worst = Golden.Difference(logits, 0, values[ActivationName.Logits].Values.Span);

            using var cache = golden.Model.CreateCache(1, ids.Length, [steering.ToIntervention()]);
            worst = Math.Max(worst, Golden.Difference(logits, 4, cache.Prefill([ids[..5]], Cancellation)));
            for (var position = 5; position < ids.Length; position++)
            {
                worst = Math.Max(worst, Golden.Difference(logits, position, cache.Step([ids[position]], Cancellation)));
            }

            output.WriteLine($"{golden.Name}: largest error {worst:e2}");
            Assert.InRange(worst, 0, 1e-4);
        }
    }
}
