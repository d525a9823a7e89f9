using Gptx.Activations;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Inference;

public class BadInputTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TokenIdUnknown", 37)]
    [InlineData("TokenIdUnknown", -1)]
    [InlineData("TokenIdUnknown", int.MaxValue)]
    public void Ids_beyond_the_vocabulary_are_refused_everywhere(string errorId, int id)
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        Assert.Contains($"{id} at position 1", Expect(errorId, GptxErrorKind.InvalidInput, () => model.Run([[1], [2, id]], ActivationSelection.All, Cancellation)).Message, StringComparison.Ordinal);
        Expect(errorId, GptxErrorKind.InvalidInput, () => model.NextLogits([[id]], Cancellation));
        Expect(errorId, GptxErrorKind.InvalidInput, () => TokenSequence.FromIds(model, [id]));
    }

    [Fact]
    public void Empty_and_too_long_rows_are_refused()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        Expect("TextEmpty", GptxErrorKind.InvalidInput, () => model.Run([[1], []], ActivationSelection.All, Cancellation));
        Expect("TextEmpty", GptxErrorKind.InvalidInput, () => TokenSequence.FromIds(model, []));
        var error = Expect("TextTooLong", GptxErrorKind.InvalidInput, () => model.Run(checkpoint.Rows(25), ActivationSelection.All, Cancellation));
        Assert.Contains("25 tokens", error.Message, StringComparison.Ordinal);
        Assert.Contains("24", error.Message, StringComparison.Ordinal);
        Expect("TokenizerMissing", GptxErrorKind.InvalidInput, () => TokenSequence.FromText(model, "a"));
        Assert.Equal("#5", model.TokenText(5));
        Assert.Equal("3,5", TokenSequence.FromIds(model, [3, 5]).Label);
    }

    [Theory]
    [InlineData("blocks.2.attn.q", "blocks 0 to 1")]
    [InlineData("blocks.0.attn.patern", "blocks.{i}.attn.pattern")]
    [InlineData("Logits", "logits")]
    [InlineData("", "embed")]
    [InlineData("blocks.*.rot_q", "blocks.{i}.attn.q")]
    public void An_activation_that_there_is_not_is_refused_with_what_there_is(string name, string hint)
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        var error = Expect("ActivationNotFound", GptxErrorKind.InvalidArgument, () => model.Run([[1]], new ActivationSelection("logits", name), Cancellation));
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
        Expect("ActivationNotFound", GptxErrorKind.InvalidArgument, () => model.Run([[1]], new ActivationSelection(), Cancellation));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-4)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Layers_go_from_the_embeddings_to_the_last_norm(int layer)
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        Expect("LayerOutOfRange", GptxErrorKind.InvalidArgument, () => model.ResolveLayer(layer));
        Expect("LayerOutOfRange", GptxErrorKind.InvalidArgument, () => HiddenState.Of(model, [TokenSequence.FromIds(model, [1])], layer, cancellation: Cancellation));
    }

    [Fact]
    public void Blocks_and_heads_are_counted_from_zero()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        TokenSequence[] texts = [TokenSequence.FromIds(model, [1])];
        Assert.Contains("0 to 1", Expect("BlockOutOfRange", GptxErrorKind.InvalidArgument, () => AttentionMap.Of(model, texts, [2], cancellation: Cancellation)).Message, StringComparison.Ordinal);
        Expect("BlockOutOfRange", GptxErrorKind.InvalidArgument, () => AttentionMap.Of(model, texts, [-1], cancellation: Cancellation));
        Assert.Contains("0 to 2", Expect("HeadOutOfRange", GptxErrorKind.InvalidArgument, () => AttentionMap.Of(model, texts, null, [0, 3], cancellation: Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        TokenSequence[] texts = [TokenSequence.FromIds(model, [1])];
        Expect("OptionOutOfRange", GptxErrorKind.InvalidArgument, () => NextToken.Of(model, texts, top: 0, cancellation: Cancellation));
        Expect("OptionOutOfRange", GptxErrorKind.InvalidArgument, () => NextToken.Of(model, texts, temperature: -1, cancellation: Cancellation));
        Expect("OptionOutOfRange", GptxErrorKind.InvalidArgument, () => NextToken.Of(model, texts, temperature: double.NaN, cancellation: Cancellation));
        Expect("OptionOutOfRange", GptxErrorKind.InvalidArgument, () => NextToken.Of(model, texts, temperature: double.PositiveInfinity, cancellation: Cancellation));
        Expect("OptionOutOfRange", GptxErrorKind.InvalidArgument, () => TextGenerator.Generate(model, texts, new GenerationOptions { MaxTokens = 0 }, cancellation: Cancellation));
        Expect("OptionOutOfRange", GptxErrorKind.InvalidArgument, () => checkpoint.Load(threads: -1));
        Assert.Equal(37, NextToken.Of(model, texts, top: int.MaxValue, cancellation: Cancellation).Count);
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    [InlineData("")]
    public void Devices_have_names(string name) => Expect("DeviceUnknown", GptxErrorKind.InvalidArgument, () => Device.Parse(name));

    [Fact]
    public void Known_devices_are_read()
    {
        Assert.Equal(["auto", "cpu", "cuda:0", "cuda:0", "cuda:3"], ((string[])["AUTO", "cpu", "cuda", "CUDA:0", "cuda:3"]).Select(name => Device.Parse(name).Name));
        Assert.Equal(GptxErrorKind.DeviceMissing, Assert.Throws<GptxException>(() => Device.Cuda(99).Resolve()).Kind);
    }

    [Fact]
    public void Models_that_are_not_there_are_refused()
    {
        Expect("ModelNameEmpty", GptxErrorKind.InvalidArgument, () => LanguageModel.Load(" "));
        foreach (var name in (string[])["./nowhere", "/nowhere/at/all", "no-such-model", "~/no-such-folder-here", "C:nowhere", "\0"])
        {
            Expect("ModelNotFound", GptxErrorKind.ModelNotLoadable, () => LanguageModel.Load(name));
        }
    }

    private static GptxException Expect(string errorId, GptxErrorKind kind, Action action)
    {
        var error = Refusal.Expect(errorId, action);
        Assert.Equal(kind, error.Kind);
        return error;
    }
}
