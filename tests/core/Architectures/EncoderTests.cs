using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Inference;

namespace Gptx.Tests.Architectures;

/// <summary>What holds for every encoder, whatever its numbers are.</summary>
public class EncoderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Recipes => [.. EncoderRecipes.All.Keys];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_padded_row_gives_what_it_gives_alone(string recipe)
    {
        using var checkpoint = new RandomCheckpoint(EncoderRecipes.All[recipe]);
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(31, 9, 20, 1);
        var selection = new ActivationSelection(Outputs(model));
        using var together = model.Run(rows, selection, Cancellation);
        foreach (var (index, row) in rows.Index())
        {
            using var alone = model.Run([row], selection, Cancellation);
            Assert.All(together.Names, name => AssertClose(alone.Row(name, 0).Values.Span, together.Row(name, index).Values.Span, $"{name} of row {index}"));
        }
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void What_is_looked_at_changes_no_number(string recipe)
    {
        using var checkpoint = new RandomCheckpoint(EncoderRecipes.All[recipe]);
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(31, 20, 6);
        using var all = model.Run(rows, ActivationSelection.All, Cancellation);
        using var few = model.Run(rows, new ActivationSelection(Outputs(model)), Cancellation);
        Assert.All(few.Names, name => AssertClose(all.Row(name, 1).Values.Span, few.Row(name, 1).Values.Span, name));
        Assert.All(Enumerable.Range(0, model.Shape.Blocks), block => Assert.Equal(1, all.Row(ActivationName.Pattern(block), 1)[0][5].Values.Span.ToArray().Sum(), 1e-5));
    }

    [Fact]
    public void A_token_sees_those_behind_it_and_in_a_window_only_those_near_by()
    {
        using var checkpoint = new RandomCheckpoint(EncoderRecipes.All["modernbert"]);
        using var model = checkpoint.Load();
        using var values = model.Run(checkpoint.Rows(31, 12), new ActivationSelection("blocks.*.attn.pattern"), Cancellation);
        Assert.True(values.Row("blocks.0.attn.pattern", 0)[0][0][11].Values.Span[0] > 0);
        var local = values.Row("blocks.1.attn.pattern", 0)[0][5].Values.Span.ToArray();
        Assert.Equal([3, 4, 5, 6, 7], Enumerable.Range(0, 12).Where(key => local[key] > 0));
    }

    [Fact]
    public void A_second_text_is_told_by_its_type()
    {
        using var checkpoint = new RandomCheckpoint(EncoderRecipes.All["bert"]);
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(31, 4);
        var selection = new ActivationSelection(ActivationName.TokenTypeEmbed);
        using var first = model.Run(rows, selection, Cancellation);
        using var second = model.Run(rows, [[0, 0, 1, 1]], selection, Cancellation);
        Assert.Equal(first.Row("token_type_embed", 0)[1].Values.ToArray(), second.Row("token_type_embed", 0)[1].Values.ToArray());
        Assert.NotEqual(first.Row("token_type_embed", 0)[2].Values.ToArray(), second.Row("token_type_embed", 0)[2].Values.ToArray());
        Assert.Equal("TokenTypeUnknown", Assert.Throws<GptxException>(() => model.Run(rows, [[0, 0, 0, 2]], selection, Cancellation)).ErrorId);
    }

    [Fact]
    public void An_encoder_does_not_say_what_comes_next()
    {
        using var checkpoint = new RandomCheckpoint(EncoderRecipes.All["bert"]);
        using var model = checkpoint.Load();
        var error = Assert.Throws<GptxException>(() => model.NextLogits([[1, 2]], Cancellation));
        Assert.Equal("TaskNotSupported", error.ErrorId);
        Assert.Contains("fills masks", error.Message, StringComparison.Ordinal);
        Assert.Equal(ModelTask.FillMask, model.MadeFor);
    }

    [Theory]
    [InlineData("is_decoder", true)]
    [InlineData("position_embedding_type", "relative_key")]
    [InlineData("architectures", "BertForMultipleChoice")]
    public void What_is_not_built_is_refused_by_name(string key, object value)
    {
        var config = EncoderRecipes.Bert("bert", "BertModel", (key, key == "architectures" ? new[] { value } : value));
        var error = Assert.Throws<GptxException>(() => new RandomCheckpoint(config));
        Assert.Equal("OptionNotSupported", error.ErrorId);
        Assert.Contains(key == "architectures" ? "BertForMultipleChoice" : key, error.Message, StringComparison.Ordinal);
    }

    private static string[] Outputs(LanguageModel model) =>
        [.. model.ActivationNames.Where(name => name is ActivationName.FinalNorm or ActivationName.Logits or ActivationName.StartLogits or ActivationName.PoolerOutput)];

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string name)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = 0f;
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i] - actual[i]));
        }

        Assert.True(largest < 1e-5, $"{name}: {largest}");
    }
}
