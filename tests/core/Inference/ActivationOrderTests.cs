using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.Tests.Inference;

public class ActivationOrderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void One_at_a_time_is_as_all_together()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 41 });
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(9, 4);
        using var together = model.Run(rows, ActivationSelection.All, Cancellation);
        foreach (var name in model.ActivationNames)
        {
            using var alone = model.Run(rows, new ActivationSelection(name), Cancellation);
            Assert.Equal([name], alone.Names);
            Assert.Equal(together[name].Shape, alone[name].Shape);
            Assert.All([0, 1], row => Closeness.AssertWithin(1e-5, alone.Row(name, row).Values.Span, together.Row(name, row).Values.Span, name));
        }
    }

    [Fact]
    public void In_any_order_and_by_any_pattern_each_name_has_its_own_values()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 42 });
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(6);
        using var together = model.Run(rows, ActivationSelection.All, Cancellation);
        var random = new Random(42);
        for (var trial = 0; trial < 10; trial++)
        {
            var names = model.ActivationNames.ToArray();
            random.Shuffle(names);
            names = names[..random.Next(1, 6)];
            using var some = model.Run(rows, new ActivationSelection([.. names, names[0]]), Cancellation);
            Assert.Equal(names, some.Names);
            Assert.All(names, name => Closeness.AssertWithin(1e-5, some[name].Values.Span, together[name].Values.Span, name));
        }

        using var matched = model.Run(rows, new ActivationSelection("logits", "blocks.1.*_out", "blocks.?.attn.?"), Cancellation);
        Assert.Equal(["logits", "blocks.1.attn_out", "blocks.1.mlp_out", .. from block in (int[])[0, 1] from part in "qkvz" select $"blocks.{block}.attn.{part}"], matched.Names);
    }

    [Fact]
    public void Hidden_states_count_as_transformers_counts_them()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Blocks = 3, Seed = 43 });
        using var model = checkpoint.Load();
        var text = TokenSequence.FromIds(model, checkpoint.Rows(8)[0]);
        using var all = model.Run([text.Ids], ActivationSelection.All, Cancellation);
        string[] names = ["blocks.0.resid_pre", "blocks.0.resid_post", "blocks.1.resid_post", "final_norm"];
        for (var layer = 0; layer <= 3; layer++)
        {
            foreach (var asked in (int[])[layer, layer - 4])
            {
                var states = HiddenState.Of(model, [text], asked, cancellation: Cancellation);
                Assert.Equal(8, states.Count);
                Assert.All(states, state => Assert.Equal(layer, state.Layer));
                Assert.Equal(text.Ids, states.Select(state => state.Id));
                Closeness.AssertWithin(1e-5, states.SelectMany(state => state.Vector).ToArray(), all.Row(names[layer], 0).Values.Span, names[layer]);
            }
        }
    }

    [Fact]
    public void Attention_maps_are_the_heads_of_the_pattern()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 44 });
        using var model = checkpoint.Load();
        var texts = checkpoint.Rows(7, 3).Select(row => TokenSequence.FromIds(model, row)).ToList();
        using var all = model.Run([.. texts.Select(text => text.Ids)], ActivationSelection.All, Cancellation);
        var maps = AttentionMap.Of(model, texts, [1, 0, 1], [2], firstIndex: 5, Cancellation);
        Assert.Equal([(5, 1, 2), (5, 0, 2), (6, 1, 2), (6, 0, 2)], maps.Select(map => (map.Index, map.Block, map.Head)));
        Assert.Equal(2 * 2 * 3, AttentionMap.Of(model, texts, cancellation: Cancellation).Count);
        Assert.All(maps, map => Closeness.AssertWithin(
            1e-6, map.Pattern.SelectMany(row => row).ToArray(), all.Row(ActivationName.Pattern(map.Block), map.Index - 5)[map.Head].Values.Span, $"{map.Block}"));
    }
}
