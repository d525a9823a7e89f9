using Gptx.Activations;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Interpretation;

public class TextScorerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_surprisal_is_minus_the_logarithm_of_the_softmax_of_the_row_before()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 61 });
        using var model = checkpoint.Load();
        var ids = checkpoint.Rows(12)[0];
        var score = TextScorer.Score(model, TokenSequence.FromIds(model, ids), index: 3, cancellation: Cancellation);
        using var values = model.Run([ids], new ActivationSelection(ActivationName.Logits), Cancellation);
        Assert.Null(score.Tokens[0].Surprisal);
        Assert.Equal((3, 11), (score.Index, score.TokensCounted));
        for (var position = 1; position < ids.Length; position++)
        {
            var logits = Array.ConvertAll(values.Row(ActivationName.Logits, 0)[position - 1].Values.ToArray(), logit => (double)logit);
            var probability = Math.Exp(logits[ids[position]]) / logits.Sum(Math.Exp);
            Assert.Equal(-Math.Log(probability), score.Tokens[position].Surprisal!.Value, 1e-5);
            Assert.Equal(1 + logits.Count(logit => logit > logits[ids[position]]), score.Tokens[position].Rank);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(23)]
    public void Windows_score_each_token_once_after_as_much_as_the_window_holds(int stride)
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 62 });
        using var model = checkpoint.Load();
        var ids = checkpoint.Rows(70)[0];
        var score = TextScorer.Score(model, TokenSequence.FromIds(model, ids), new ScoreOptions { Stride = stride }, cancellation: Cancellation);
        Assert.Equal(69, score.TokensCounted);
        for (var position = 1; position < ids.Length; position++)
        {
            // The first window that reaches the position.
            var start = position < 24 ? 0 : ((position - 24) / stride * stride) + stride;
            var alone = TextScorer.Score(model, TokenSequence.FromIds(model, ids[start..(position + 1)]), cancellation: Cancellation);
            Assert.Equal(alone.Tokens[^1].Surprisal!.Value, score.Tokens[position].Surprisal!.Value, 1e-4);
        }
    }

    [Fact]
    public void One_token_has_no_surprisal_unless_another_stands_before_it()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        var text = TokenSequence.FromIds(model, [5]);
        var score = TextScorer.Score(model, text, cancellation: Cancellation);
        Assert.Equal((0, null, null), (score.TokensCounted, score.MeanSurprisal, score.Perplexity));
        Assert.Equal(1, TextScorer.Score(model, text, new ScoreOptions { Begin = 0 }, cancellation: Cancellation).TokensCounted);
    }

    [Fact]
    public void What_cannot_be_scored_is_refused()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        var (brief, full) = (TokenSequence.FromIds(model, checkpoint.Rows(3)[0]), TokenSequence.FromIds(model, checkpoint.Rows(24)[0]));
        Refuses("TextTooLong", GptxErrorKind.InvalidInput, full, new ScoreOptions { Begin = 1 });
        Refuses("TokenIdUnknown", GptxErrorKind.InvalidInput, brief, new ScoreOptions { Begin = 37 });
        Refuses("OptionOutOfRange", GptxErrorKind.InvalidArgument, brief, new ScoreOptions { Stride = 0 });
        Refuses("OptionOutOfRange", GptxErrorKind.InvalidArgument, brief, new ScoreOptions { Stride = 24 });

        void Refuses(string errorId, GptxErrorKind kind, TokenSequence text, ScoreOptions options)
        {
            var error = Assert.Throws<GptxException>(() => TextScorer.Score(model, text, options, cancellation: Cancellation));
            Assert.Equal((errorId, kind), (error.ErrorId, error.Kind));
        }
    }
}
