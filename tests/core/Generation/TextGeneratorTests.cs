using Gptx.Activations;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Inference.Verification;

namespace Gptx.Tests.Generation;

public class TextGeneratorTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    private static readonly string[] Prompts = ["Once upon a time", "The king", "It was a dark night and the", "Water"];

    private LanguageModel Model => embedded.Model;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Greedy_is_the_most_probable_token_again_and_again_and_so_is_a_temperature_near_zero()
    {
        var prompt = embedded.Text(Prompts[0]);
        var ids = GreedyContinuation.Of(Model, prompt.Ids, 24, Cancellation).Skip(prompt.Count);
        foreach (var temperature in (double[])[0, 1e-6])
        {
            var text = Generate([prompt], new GenerationOptions { Temperature = temperature, MaxTokens = 24, TopP = 1, TopK = 0, IgnoreEndOfText = true })[0];
            Assert.Equal(ids, text.Tokens.Select(token => token.Id));
            Assert.All(text.Tokens, token => Assert.Equal(1, token.Rank));
            Assert.Equal((FinishReason.Length, 24), (text.FinishReason, text.Tokens.Count));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_text_and_another_seed_another()
    {
        var options = new GenerationOptions { MaxTokens = 30, Seed = 7 };
        var first = Generate(Texts(), options);
        Assert.Equal(Words(first), Words(Generate(Texts(), options)));
        Assert.NotEqual(Words(first), Words(Generate(Texts(), options with { Seed = 8 })));
        var unseeded = Generate(Texts(), options with { Seed = null });
        Assert.Equal(Words(unseeded), Words(Generate(Texts(), options with { Seed = unseeded[0].Seed })));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_row_of_a_batch_is_the_text_it_would_be_alone(int seed)
    {
        var options = new GenerationOptions { MaxTokens = 25, Seed = (ulong)seed, Count = 2 };
        var batch = Generate(Texts(), options, firstIndex: 3);
        Assert.Equal(Prompts.SelectMany((_, index) => new[] { (3 + index, 0), (3 + index, 1) }), batch.Select(text => (text.Index, text.Continuation)));
        Assert.Equal(Words(batch), Words([.. Texts().SelectMany((prompt, index) => Generate([prompt], options, firstIndex: 3 + index))]));
        Assert.NotEqual(batch[0].Text, batch[1].Text);
        Assert.Equal(batch[0].Text, Generate([embedded.Text(Prompts[0])], options with { Count = 1 }, firstIndex: 3)[0].Text);
    }

    [Fact]
    public void One_thread_and_two_give_the_same_text()
    {
        using var two = LanguageModel.Load(options: new LoadOptions { Device = Device.Cpu, Threads = 2 });
        var options = new GenerationOptions { MaxTokens = 40, Seed = 11 };
        Assert.Equal(Words(Generate(Texts(), options)), Words(TextGenerator.Generate(two, Texts(), options, cancellation: Cancellation)));
    }

    [Fact]
    public void Log_probabilities_are_those_of_the_model_and_of_the_processed_distribution()
    {
        var prompt = embedded.Text(Prompts[1]);
        var text = Generate([prompt], new GenerationOptions { MaxTokens = 12, Seed = 3, Temperature = 0.7, TopK = 20, TopP = 1, Alternatives = 5, IgnoreEndOfText = true })[0];
        int[] ids = [.. prompt.Ids, .. text.Tokens.Select(token => token.Id)];
        using var values = Model.Run([ids], new ActivationSelection(ActivationName.Logits), Cancellation);
        foreach (var token in text.Tokens)
        {
            var logits = Array.ConvertAll(values.Row(ActivationName.Logits, 0)[prompt.Count + token.Position - 1].Values.ToArray(), logit => (double)logit);
            var order = Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]).ToArray();
            Assert.Equal(logits[token.Id] - LogSum(logits), token.LogProbability, 1e-4);
            double[] kept = [.. order.Take(20).Select(id => logits[id] / 0.7)];
            Assert.Equal((logits[token.Id] / 0.7) - LogSum(kept), token.ProcessedLogProbability, 1e-4);
            Assert.Equal(Array.IndexOf(order, token.Id) + 1, token.Rank);
            Assert.Equal(order[..5], token.Alternatives.Select(other => other.Id));
            Assert.All(token.Alternatives, other => Assert.Equal(logits[other.Id] - LogSum(logits), other.LogProbability, 1e-4));
        }

        static double LogSum(double[] logits) => Math.Log(logits.Sum(Math.Exp));
    }

    [Fact]
    public void Any_number_of_tokens_may_be_asked_for_and_the_context_ends_the_text()
    {
        var ids = Enumerable.Repeat(258, 500).ToArray();
        var prompts = (TokenSequence[])[TokenSequence.FromIds(Model, ids), TokenSequence.FromIds(Model, ids[..^4])];
        var texts = Generate(prompts, new GenerationOptions { MaxTokens = int.MaxValue, Seed = 1, IgnoreEndOfText = true });
        Assert.Equal([(FinishReason.Context, 12), (FinishReason.Context, 16)], texts.Select(text => (text.FinishReason, text.Tokens.Count)));
        Assert.Equal(FinishReason.Length, Generate([prompts[0]], new GenerationOptions { MaxTokens = 12, IgnoreEndOfText = true })[0].FinishReason);
        var full = TokenSequence.FromIds(Model, [.. Enumerable.Repeat(258, 512)]);
        Refuses("PromptFillsContext", full);
        Refuses("TextTooLong", TokenSequence.FromIds(Model, [.. Enumerable.Repeat(258, 513)]));

        void Refuses(string errorId, TokenSequence prompt)
        {
            var error = Assert.Throws<GptxException>(() => Generate([prompt], GenerationOptions.Default));
            Assert.Equal((errorId, GptxErrorKind.InvalidInput), (error.ErrorId, error.Kind));
        }
    }

    [Fact]
    public void A_stop_token_ends_the_text_and_is_not_in_it()
    {
        var options = new GenerationOptions { Temperature = 0, MaxTokens = 20, IgnoreEndOfText = true };
        var whole = Generate([embedded.Text(Prompts[0])], options)[0];
        var stop = whole.Tokens[6].Id;
        var first = whole.Tokens.TakeWhile(token => token.Id != stop).ToList();
        var stopped = Generate([embedded.Text(Prompts[0])], options with { StopTokens = [stop] })[0];
        Assert.Equal(FinishReason.StopToken, stopped.FinishReason);
        Assert.Equal([.. first.Select(token => token.Id), stop], stopped.Tokens.Select(token => token.Id));
        Assert.Equal(string.Concat(first.Select(token => token.Token)), stopped.Text);
        var later = Generate([embedded.Text(Prompts[0])], options with { StopTokens = [stop], MinTokens = first.Count + 3 })[0];
        Assert.DoesNotContain(later.Tokens.Take(first.Count + 3), token => token.Id == stop);
    }

    private IReadOnlyList<TokenSequence> Texts() => [.. Prompts.Select(embedded.Text)];

    private IReadOnlyList<GeneratedText> Generate(IReadOnlyList<TokenSequence> prompts, GenerationOptions options, int firstIndex = 0) =>
        TextGenerator.Generate(Model, prompts, options, firstIndex, Cancellation);

    private static IEnumerable<string> Words(IReadOnlyList<GeneratedText> texts) => texts.Select(text => $"{text.Text}|{string.Join(' ', text.Tokens.Select(token => token.Id))}|{text.FinishReason}");
}
