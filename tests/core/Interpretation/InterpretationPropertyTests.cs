using Gptx.Activations;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Tests.Architectures;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Interpretation;

/// <summary>What must hold of every causal decoder, whatever its norms, biases, caps and factors.</summary>
public class InterpretationPropertyTests
{
    private const double Tolerance = 1e-4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ActivationSelection Logits { get; } = new(ActivationName.Logits);

    [Theory]
    [MemberData(nameof(DecoderRecipes.Names), MemberType = typeof(DecoderRecipes))]
    public void The_parts_of_a_logit_sum_to_it(string name)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(name), seed: 21);
        using var model = checkpoint.Load();
        var text = Text(model, checkpoint, 9);
        foreach (var options in (AttributionOptions[])[new(), new() { Target = 3 }, new() { Target = 3, Against = 5, Position = 4 }])
        {
            var found = LogitAttributor.Of(model, text, options, cancellation: Cancellation);
            using var values = model.Run([text.Ids], Logits, Cancellation);
            var logits = values.Row(ActivationName.Logits, 0)[found.Position].Values.ToArray();
            double Uncapped(int id) => found.SoftCap is { } cap ? cap * Math.Atanh(logits[id] / cap) : logits[id];
            Assert.Equal(Uncapped(found.TargetId) - (found.AgainstId is { } against ? Uncapped(against) : 0), found.Sum, Tolerance);
            Assert.Equal(found.LogitDifference, found.Sum, Tolerance);
            foreach (var attention in found.Parts.Where(part => part.Kind == LogitPartKind.Attention))
            {
                var within = found.Parts.Where(part => part.IsWithinAttention && part.Block == attention.Block).ToList();
                Assert.Equal(model.Shape.Heads + 1, within.Count);
                Assert.Equal(attention.Contribution, within.Sum(part => part.Contribution), Tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(DecoderRecipes.Names), MemberType = typeof(DecoderRecipes))]
    public void Patching_everything_gives_the_other_run_and_patching_nothing_this_one(string name)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(name), seed: 22);
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(model.Shape.VocabularySize, 8, 8);
        using var clean = model.Run([rows[0]], new ActivationSelection("blocks.*.resid_pre", "blocks.*.attn.z", "blocks.*.attn_out", "blocks.*.mlp_out", "logits"), Cancellation);
        var corrupted = LogitsOf(model, rows[1], []);
        for (var block = 0; block < model.Shape.Blocks; block++)
        {
            var everything = Intervention.Set(ActivationName.ResidPre(block), clean.Row(ActivationName.ResidPre(block), 0).Values);
            Near(clean[ActivationName.Logits].Values.ToArray(), LogitsOf(model, rows[1], [everything]));
            Near(corrupted, LogitsOf(model, rows[1], [everything with { Positions = [], Values = new float[model.Shape.Width] }]));
        }

        // All that layers write is the clean run's, in the stream that the corrupted one began: that less the difference of the beginnings.
        Intervention[] layers = [.. Enumerable.Range(0, model.Shape.Blocks).SelectMany(block => new[] { ActivationName.AttentionOut(block), ActivationName.MlpOut(block) })
            .Select(at => Intervention.Set(at, clean.Row(at, 0).Values))];
        var begin = Intervention.Set(ActivationName.ResidPre(0), clean.Row(ActivationName.ResidPre(0), 0).Values);
        Near(clean[ActivationName.Logits].Values.ToArray(), LogitsOf(model, rows[1], [.. layers, begin]));
    }

    [Theory]
    [MemberData(nameof(DecoderRecipes.Names), MemberType = typeof(DecoderRecipes))]
    public void Taking_nothing_out_changes_nothing_and_a_row_is_changed_alone(string name)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(name), seed: 23);
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(model.Shape.VocabularySize, 7, 4, 9);
        Intervention[] nothing = [.. Ablation.Sites(model).Select(site => Intervention.Scale(site.Activation, 1)).DistinctBy(site => site.Name)];
        using var plain = model.Run(rows, Logits, Cancellation);
        using var same = model.Run(rows, Logits, nothing, Cancellation);
        var site = new AblationSite(model.Shape.Blocks - 1, 1);
        using var changed = model.Run(rows, Logits, [site.With(new float[model.Shape.HeadWidth], row: 1)], Cancellation);
        var alone = LogitsOf(model, rows[1], [site.With(new float[model.Shape.HeadWidth])]);
        for (var row = 0; row < rows.Length; row++)
        {
            var before = plain.Row(ActivationName.Logits, row).Values.ToArray();
            Near(before, same.Row(ActivationName.Logits, row).Values.ToArray());
            Near(row == 1 ? alone : before, changed.Row(ActivationName.Logits, row).Values.ToArray());
        }

        Assert.Contains(alone.Zip(plain.Row(ActivationName.Logits, 1).Values.ToArray()), pair => Math.Abs(pair.First - pair.Second) > Tolerance);
    }

    [Theory]
    [MemberData(nameof(DecoderRecipes.Names), MemberType = typeof(DecoderRecipes))]
    public void Steered_steps_are_those_of_a_steered_pass_in_both_forms_of_the_cache(string name)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(name), seed: 24);
        using var model = checkpoint.Load();
        var ids = checkpoint.Rows(model.Shape.VocabularySize, 9)[0];
        var between = SteeringVector.Between(model, Text(model, checkpoint, 3), Text(model, checkpoint, 5), 1, 2, ofMean: true, Cancellation);
        var steering = between.ToIntervention();
        var whole = LogitsOf(model, ids, [steering]);
        using var inPlace = model.CreateCache(1, 9, [steering]);
        using var growing = new GrowingCache(checkpoint.Folder, steering);
        foreach (var cache in (KeyValueCache[])[inPlace, growing.Cache])
        {
            Near(At(whole, 3), cache.Prefill([ids[..4]], Cancellation).ToArray());
            for (var position = 4; position < 9 && !name.Contains("dynamic", StringComparison.Ordinal); position++)
            {
                Near(At(whole, position), cache.Step([ids[position]], Cancellation).ToArray());
            }
        }

        float[] At(float[] logits, int position) => logits[(position * model.Shape.VocabularySize)..((position + 1) * model.Shape.VocabularySize)];
    }

    [Theory]
    [MemberData(nameof(DecoderRecipes.Names), MemberType = typeof(DecoderRecipes))]
    public void The_lens_behind_the_last_block_reads_what_the_model_says_and_rollouts_sum_to_one(string name)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(name), seed: 25);
        using var model = checkpoint.Load();
        var text = Text(model, checkpoint, 6);
        using var values = model.Run([text.Ids], Logits, Cancellation);
        foreach (var reading in LogitLens.Of(model, text, [-1], top: 3, cancellation: Cancellation))
        {
            var logits = Array.ConvertAll(values.Row(ActivationName.Logits, 0)[reading.Position].Values.ToArray(), logit => (double)logit);
            var sum = logits.Sum(Math.Exp);
            Assert.Equal((model.Shape.Blocks, 0.0, 0.0), (reading.Layer, reading.KlFinalToLens, reading.KlLensToFinal));
            Assert.All(reading.Top, token => Assert.Equal(Math.Exp(logits[token.Id]) / sum, token.Probability, 1e-5));
            Assert.Equal(name != "opt without a last norm", reading.NormApplied);
        }

        foreach (var rollout in AttentionRollout.Of(model, text, [.. Enumerable.Range(0, model.Shape.Blocks)], cancellation: Cancellation))
        {
            Assert.All(rollout.Pattern, row => Assert.Equal(1, row.Sum(share => (double)share), 1e-5));
        }

        var explained = AttentionExplanation.Of(model, text, 1, model.Shape.Heads - 1, cancellation: Cancellation);
        for (var query = 0; query < text.Count; query++)
        {
            for (var key = 0; key <= query; key++)
            {
                var scaled = explained.Products[query][key] * explained.Scale;
                var score = explained.SoftCap is { } cap ? cap * Math.Tanh(scaled / cap) : scaled;
                Assert.Equal(query - key < (explained.Window ?? text.Count) ? score : double.NegativeInfinity, explained.Scores[query][key], Tolerance);
            }

            var gathered = Enumerable.Range(0, model.Shape.HeadWidth).Select(index => (float)explained.Pattern[query].Select((share, key) => share * explained.Values[key][index]).Sum());
            Near([.. gathered], explained.Z[query]);
        }
    }

    private static TokenSequence Text(LanguageModel model, RandomCheckpoint checkpoint, int length) =>
        TokenSequence.FromIds(model, checkpoint.Rows(model.Shape.VocabularySize, length)[0]);

    private static float[] LogitsOf(LanguageModel model, int[] ids, IReadOnlyList<Intervention> interventions)
    {
        using var values = model.Run([ids], Logits, interventions, Cancellation);
        return values[ActivationName.Logits].Values.ToArray();
    }

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }
}
