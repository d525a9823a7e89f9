using Gptx.Activations;

namespace Gptx.Tests.Inference;

public class ForwardPassTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gpt2Recipes.Exact), MemberType = typeof(Gpt2Recipes))]
    public void Every_activation_is_what_the_equations_say(string name)
    {
        using var checkpoint = new RandomGpt2(Gpt2Recipes.All[name]);
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(Gpt2Recipes.Ragged(checkpoint.Recipe));
        using var values = model.Run(rows, ActivationSelection.All, Cancellation);
        Assert.Equal(model.ActivationNames, values.Names);
        var expected = rows.Select(row => PlainGpt2.Run(checkpoint, row)).ToList();
        Assert.Equal(expected[0].Keys.Order(StringComparer.Ordinal), values.Names.Order(StringComparer.Ordinal));
        foreach (var activation in values.Names)
        {
            float[] actual = [.. Enumerable.Range(0, rows.Length).SelectMany(row => values.Row(activation, row).Values.ToArray())];
            var largest = Closeness.Largest(actual, expected.SelectMany(row => row[activation]).ToArray());
            Assert.True(largest < 2e-5, $"{activation}: {largest:e2}");
        }
    }

    [Theory]
    [MemberData(nameof(Gpt2Recipes.Names), MemberType = typeof(Gpt2Recipes))]
    public void Attention_rows_sum_to_one_and_are_causal(string name)
    {
        using var checkpoint = new RandomGpt2(Gpt2Recipes.All[name]);
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(Gpt2Recipes.Ragged(checkpoint.Recipe));
        using var values = model.Run(rows, new ActivationSelection("blocks.*.attn.pattern", "blocks.*.attn.scores"), Cancellation);
        foreach (var (activation, row) in values.Names.SelectMany(activation => Enumerable.Range(0, rows.Length).Select(row => (activation, row))))
        {
            var byHead = values.Row(activation, row);
            var length = rows[row].Length;
            Assert.Equal([checkpoint.Recipe.Heads, length, length], byHead.Shape);
            for (var line = 0; line < checkpoint.Recipe.Heads * length; line++)
            {
                var keys = byHead[line / length][line % length].Values.ToArray();
                var future = keys.Skip((line % length) + 1);
                if (activation.EndsWith("scores", StringComparison.Ordinal))
                {
                    Assert.All(future, score => Assert.Equal(float.NegativeInfinity, score));
                }
                else
                {
                    Assert.All(future, share => Assert.Equal(0, share));
                    Assert.All(keys, share => Assert.InRange(share, 0, 1.000001f));
                    Assert.Equal(1, keys.Sum(share => (double)share), 1e-5);
                }
            }
        }
    }

    [Fact]
    public void The_residual_stream_is_the_sum_of_what_is_written_to_it()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Blocks = 3, Seed = 31 });
        using var model = checkpoint.Load();
        using var values = model.Run(checkpoint.Rows(24, 7), ActivationSelection.All, Cancellation);
        IsSum("blocks.0.resid_pre", "embed", "pos_embed");
        for (var i = 0; i < 3; i++)
        {
            IsSum($"blocks.{i}.resid_mid", $"blocks.{i}.resid_pre", $"blocks.{i}.attn_out");
            IsSum($"blocks.{i}.resid_post", $"blocks.{i}.resid_mid", $"blocks.{i}.mlp_out");
        }

        Assert.Equal(values["blocks.0.resid_post"].Values.ToArray(), values["blocks.1.resid_pre"].Values.ToArray());

        void IsSum(string whole, string left, string right) => Closeness.AssertWithin(
            1e-6,
            values[whole].Values.Span,
            [.. values[left].Values.ToArray().Zip(values[right].Values.ToArray(), (a, b) => a + b)],
            whole);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_row_is_the_same_alone_and_padded_in_a_batch(int seed)
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = seed });
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(3, 24, 1, 11, 24, 2);
        using var together = model.Run(rows, ActivationSelection.All, Cancellation);
        Assert.Equal([3, 24, 1, 11, 24, 2], together.Lengths);
        for (var row = 0; row < rows.Length; row++)
        {
            using var alone = model.Run([rows[row]], ActivationSelection.All, Cancellation);
            Assert.All(alone.Names, name => Closeness.AssertWithin(1e-5, together.Row(name, row).Values.Span, alone.Row(name, 0).Values.Span, name));
        }
    }

    [Fact]
    public void Fused_attention_gives_what_written_out_attention_gives()
    {
        foreach (var recipe in Gpt2Recipes.All.Values)
        {
            using var checkpoint = new RandomGpt2(recipe);
            using var model = checkpoint.Load();
            var rows = checkpoint.Rows(Gpt2Recipes.Ragged(recipe));
            using var fused = model.Run(rows, new ActivationSelection("blocks.*.attn.z", "logits"), Cancellation);
            using var written = model.Run(rows, ActivationSelection.All, Cancellation);
            Assert.All(fused.Names, name => Assert.All(Enumerable.Range(0, rows.Length), row =>
                Closeness.AssertWithin(1e-5, fused.Row(name, row).Values.Span, written.Row(name, row).Values.Span, name)));
        }
    }
}
