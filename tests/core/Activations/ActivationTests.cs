using Gptx.Activations;

namespace Gptx.Tests.Activations;

public class ActivationTests
{
    private static readonly Activation Cube = new("cube", [2, 3, 4], Enumerable.Range(0, 24).Select(i => (float)i).ToArray());

    [Fact]
    public void A_part_has_one_dimension_less()
    {
        Assert.Equal([3, 4], Cube[1].Shape);
        Assert.Equal(Enumerable.Range(12, 12).Select(i => (float)i), Cube[1].Values.ToArray());
        Assert.Equal([20, 21, 22, 23], Cube[1][2].Values.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => Cube[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Cube[-1]);
    }

    [Fact]
    public void Taking_the_first_of_a_dimension_keeps_the_others()
    {
        var taken = Cube.Take(1, 2).Take(2, 1);
        Assert.Equal([2, 2, 1], taken.Shape);
        Assert.Equal([0, 4, 12, 16], taken.Values.ToArray());
        Assert.Same(Cube, Cube.Take(0, 2));
    }

    [Fact]
    public void A_row_is_cut_to_its_length()
    {
        var pattern = new Activation("blocks.0.attn.pattern", [2, 1, 3, 3], new float[18]);
        var stream = new Activation("embed", [2, 3, 5], new float[30]);
        using var cache = new ActivationCache([stream, pattern], [3, 2]);
        Assert.Equal([2, 5], cache.Row("embed", 1).Shape);
        Assert.Equal([1, 2, 2], cache.Row("blocks.0.attn.pattern", 1).Shape);
        Assert.Equal([1, 3, 3], cache.Row("blocks.0.attn.pattern", 0).Shape);
        Assert.Contains("embed", Assert.Throws<KeyNotFoundException>(() => cache["logits"]).Message, StringComparison.Ordinal);
        Assert.False(cache.TryGet("logits", out _));
    }

    [Theory]
    [InlineData("blocks.12.attn.q", 12)]
    [InlineData("blocks.x.attn.q", null)]
    [InlineData("blocks.-1.attn.q", null)]
    [InlineData("final_norm", null)]
    public void A_name_says_its_block(string name, int? block) => Assert.Equal(block, ActivationName.BlockOf(name));

    [Fact]
    public void Hidden_states_are_between_blocks()
    {
        Assert.Equal(
            ["blocks.0.resid_pre", "blocks.0.resid_post", "final_norm"],
            Enumerable.Range(0, 3).Select(layer => ActivationName.HiddenState(layer, 2)));
    }
}
