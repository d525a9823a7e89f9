using Gptx.Embeddings;
using Gptx.Interpretation;
using Gptx.Tests.Architectures;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Interpretation;

public class ModelAnatomyTests
{
    [Fact]
    public void A_gpt2_is_counted_as_the_published_ones_are()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        var (found, shape) = (ModelAnatomy.Of(model), model.Shape);
        Assert.Equal(PublishedModels.Gpt(model.Name, shape.Blocks, shape.Heads, shape.Width, shape.MlpWidth, shape.VocabularySize, shape.ContextLength), found);
    }

    [Fact]
    public void Published_models_have_as_many_parameters_as_their_papers_say()
    {
        Assert.Equal(124_439_808, PublishedModels.Find("gpt2").Parameters);
        Assert.Equal(1_557_611_200, PublishedModels.Find("gpt2-xl").Parameters);
        Assert.InRange(PublishedModels.Find("GPT3").Parameters, 174_000_000_000, 175_500_000_000);
        Assert.Equal("PublishedModelUnknown", Assert.Throws<GptxException>(() => PublishedModels.Find("gpt5")).ErrorId);
    }

    [Theory]
    [MemberData(nameof(DecoderRecipes.Names), MemberType = typeof(DecoderRecipes))]
    public void Parts_are_all_parameters(string name)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(name));
        using var model = checkpoint.Load();
        var found = ModelAnatomy.Of(model);
        Assert.Equal(model.Weights.Parameters, found.Parameters);
        Assert.All(new[] { found.TokenEmbedding, found.Attention, found.FeedForward }, count => Assert.True(count > 0));
        Assert.InRange(found.LongestPath, 6 * found.Blocks, 40 * found.Blocks);
    }

    [Fact]
    public void Sinusoidal_positions_are_sines_and_cosines_of_slower_and_slower_waves()
    {
        var positions = SinusoidalPositions.Of(3, 4);
        Assert.Equal([0f, 1f, 0f, 1f], positions[0].Vector);
        Assert.Equal([MathF.Sin(2), MathF.Cos(2), MathF.Sin(0.02f), MathF.Cos(0.02f)], positions[2].Vector, (left, right) => Math.Abs(left - right) < 1e-6);
        Assert.Equal("OptionOutOfRange", Assert.Throws<GptxException>(() => SinusoidalPositions.Of(0, 4)).ErrorId);
    }
}
