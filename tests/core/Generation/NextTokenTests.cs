using Gptx.Generation;
using Gptx.Inference;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Generation;

public class NextTokenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void Candidates_are_the_softmax_of_the_logits_most_probable_first(double temperature)
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 91 });
        using var model = checkpoint.Load();
        var texts = checkpoint.Rows(5, 9).Select(row => TokenSequence.FromIds(model, row)).ToList();
        var all = NextToken.Of(model, texts, 37, temperature, firstIndex: 4, Cancellation);
        foreach (var (row, logits) in model.NextLogits([.. texts.Select(text => text.Ids)], Cancellation).Index())
        {
            var candidates = all.Where(token => token.Index == 4 + row).ToList();
            var whole = logits.Sum(logit => Math.Exp(logit / temperature));
            Assert.Equal(Enumerable.Range(0, 37).OrderByDescending(id => logits[id]), candidates.Select(token => token.Id));
            Assert.Equal(Enumerable.Range(1, 37), candidates.Select(token => token.Rank));
            Assert.Equal(1, candidates.Sum(token => token.Probability), 1e-9);
            Assert.All(candidates, token => Assert.Equal(Math.Exp(logits[token.Id] / temperature) / whole, token.Probability, 1e-9));
            Assert.All(candidates, token => Assert.Equal((-token.LogProbability, Math.Exp(token.LogProbability)), (token.Surprisal, token.Probability)));
            Assert.Equal(candidates.Take(3), NextToken.Of(model, [texts[row]], 3, temperature, 4 + row, Cancellation), (a, b) => (a.Id, a.Rank) == (b.Id, b.Rank));
        }
    }

    [Fact]
    public void A_model_without_a_tokenizer_generates_ids()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 92 });
        using var model = checkpoint.Load();
        var text = TextGenerator.Generate(model, [TokenSequence.FromIds(model, [3, 4])], new GenerationOptions { MaxTokens = 50, Seed = 1 }, cancellation: Cancellation)[0];
        Assert.Equal((FinishReason.Context, 22, "", "3,4"), (text.FinishReason, text.Tokens.Count, text.Text, text.Prompt));
        Assert.All(text.Tokens, token => Assert.Equal($"#{token.Id}", token.Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_tiny_vocabulary_is_drawn_from(int vocabulary)
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Vocabulary = vocabulary });
        using var model = checkpoint.Load();
        var options = new GenerationOptions { MaxTokens = 20, Seed = 1, TopK = 50, MinP = 0.01, Alternatives = 5, Count = 3 };
        var texts = TextGenerator.Generate(model, [TokenSequence.FromIds(model, [0])], options, cancellation: Cancellation);
        Assert.Equal(3, texts.Count);
        Assert.All(texts.SelectMany(text => text.Tokens), token => Assert.Equal(vocabulary, token.Alternatives.Count));
        var none = Assert.Throws<GptxException>(() => TextGenerator.Generate(
            model, [TokenSequence.FromIds(model, [0])], options with { BadWords = [.. Enumerable.Range(0, vocabulary).Select(id => new[] { id })] }, cancellation: Cancellation));
        Assert.Equal("NoTokenLeft", none.ErrorId);
    }
}
