using Gptx.Activations;
using Gptx.Inference;
using Gptx.Prediction;

namespace Gptx.Tests.Prediction;

public class PredictionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_blank_gets_the_most_probable_tokens_of_its_place()
    {
        using var encoder = new TinyEncoder("BertForMaskedLM");
        using var model = encoder.Load();
        var text = TokenSequence.FromText(model, "the [MASK] sat on <mask> .");
        var candidates = MaskedToken.Of(model, [TokenSequence.FromText(model, "a [MASK]"), text], top: 3, firstIndex: 4, Cancellation);
        Assert.Equal([(4, 0), (5, 0), (5, 1)], candidates.Select(candidate => (candidate.Index, candidate.Blank)).Distinct());
        using var values = model.Run([[2, 5, 4, 8, 9, 4, 17, 3]], new ActivationSelection("logits"), Cancellation);
        foreach (var (blank, position) in new[] { (0, 2), (1, 5) })
        {
            var logits = values.Row("logits", 0)[position].Values.ToArray();
            var best = Array.IndexOf(logits, logits.Max());
            var found = candidates.First(candidate => candidate.Index == 5 && candidate.Blank == blank);
            Assert.Equal((best, position, 1), (found.Id, found.Position, found.Rank));
            Assert.Equal(1 / logits.Sum(logit => Math.Exp(logit - logits.Max())), found.Probability, 1e-5);
        }

        Assert.Contains("[MASK]", candidates.First(candidate => candidate is { Index: 5, Blank: 0 }).Filled, StringComparison.Ordinal);
        Assert.DoesNotContain("[CLS]", candidates[0].Filled, StringComparison.Ordinal);
        Assert.Equal("BlankMissing", Assert.Throws<GptxException>(() => MaskedToken.Of(model, [TokenSequence.FromText(model, "the cat")], cancellation: Cancellation)).ErrorId);
    }

    [Theory]
    [InlineData("single_label_classification", 1.0)]
    [InlineData("multi_label_classification", null)]
    [InlineData("regression", null)]
    public void Classes_have_the_scores_that_their_kind_asks_for(string kind, double? sum)
    {
        using var encoder = new TinyEncoder("BertForSequenceClassification", ("problem_type", kind), ("id2label", new Dictionary<string, string>(StringComparer.Ordinal) { ["0"] = "low", ["1"] = "middle", ["2"] = "high" }));
        using var model = encoder.Load();
        var classes = TextClass.Of(model, [TokenSequence.FromText(model, "the cat"), TokenSequence.FromText(model, "a dog sat")], cancellation: Cancellation);
        Assert.Equal([0, 0, 0, 1, 1, 1], classes.Select(found => found.Index));
        Assert.Equal(["high", "low", "middle"], classes.Take(3).Select(found => found.Label).Order(StringComparer.Ordinal));
        Assert.All(classes, found => Assert.Equal(found.Id, Array.IndexOf(["low", "middle", "high"], found.Label)));
        Assert.True(classes[0].Logit >= classes[1].Logit && classes[1].Logit >= classes[2].Logit);
        if (sum is { } whole)
        {
            Assert.Equal(whole, classes.Take(3).Sum(found => found.Score), 1e-9);
        }
        else
        {
            Assert.All(classes, found => Assert.Equal(kind == "regression" ? found.Logit : 1 / (1 + Math.Exp(-found.Logit)), found.Score, 1e-9));
        }

        using var values = model.Run([[2, 5, 6, 3, 7, 3]], [[0, 0, 0, 0, 1, 1]], new ActivationSelection("logits"), Cancellation);
        var pair = TextClass.Of(model, [TokenSequence.FromText(model, "the cat")], "dog", cancellation: Cancellation);
        Assert.All(pair, found => Assert.Equal(values.Row("logits", 0).Values.Span[found.Id], found.Logit, 1e-5));
        Assert.Equal("TaskNotSupported", Assert.Throws<GptxException>(() => MaskedToken.Of(model, [TokenSequence.FromText(model, "the [MASK]")], cancellation: Cancellation)).ErrorId);
    }

    [Fact]
    public void Neighbours_of_one_class_are_joined_and_what_is_outside_left_out()
    {
        const string Text = "Ada Lovelace lived in London.";
        foreach (var seed in Enumerable.Range(0, 3))
        {
            string[] names = [.. new[] { "O", "B-PER", "I-PER", "I-LOC" }.Skip(seed), .. new[] { "O", "B-PER", "I-PER", "I-LOC" }.Take(seed)];
            using var encoder = new TinyEncoder("BertForTokenClassification", ("id2label", names.Index().ToDictionary(name => $"{name.Index}", name => name.Item, StringComparer.Ordinal)));
            using var model = encoder.Load();
            TokenSequence[] texts = [TokenSequence.FromText(model, Text)];
            var each = TokenClass.Of(model, texts, join: false, cancellation: Cancellation);
            Assert.Equal(["Ada", "Love", "lace", "lived", "in", "London", "."], each.Select(token => token.Word));
            var joined = TokenClass.Of(model, texts, cancellation: Cancellation);
            Assert.DoesNotContain(joined, span => span.Label is "O" || span.Label.Contains('-', StringComparison.Ordinal));
            Assert.Equal(each.Count(token => token.Label != "O"), joined.Sum(span => span.Tokens));
            Assert.All(joined, span =>
            {
                var parts = each.Where(token => token.Position >= span.Position && token.Position < span.Position + span.Tokens).ToList();
                Assert.Equal(Text.Substring(span.Start, span.Length), span.Word);
                Assert.Equal(parts.Average(part => part.Score), span.Score, 1e-9);
                Assert.All(parts, part => Assert.EndsWith(span.Label, part.Label, StringComparison.Ordinal));
                Assert.All(parts.Skip(1), part => Assert.False(part.Label.StartsWith("B-", StringComparison.Ordinal)));
            });
        }
    }

    [Fact]
    public void A_discriminator_says_which_tokens_were_replaced()
    {
        using var encoder = new TinyEncoder("ElectraForPreTraining", ("embedding_size", 16));
        using var model = encoder.Load();
        using var values = model.Run([[2, 5, 6, 3]], new ActivationSelection("logits"), Cancellation);
        var tokens = TokenClass.Of(model, [TokenSequence.FromText(model, "the cat")], join: false, cancellation: Cancellation);
        Assert.Equal(["the", "cat"], tokens.Select(token => token.Word));
        Assert.All(tokens, token => Assert.Equal(values.Row("logits", 0)[token.Position].Values.Span[0] > 0 ? "replaced" : "original", token.Label));
    }

    [Fact]
    public void An_answer_is_the_part_whose_ends_are_the_most_probable()
    {
        using var encoder = new TinyEncoder("BertForQuestionAnswering");
        using var model = encoder.Load();
        const string Context = "Ada Lovelace lived in London.";
        var question = TokenSequence.FromText(model, "where did she live ?");
        var answers = TextAnswer.Of(model, [question, question], Context, top: 200, cancellation: Cancellation);
        Assert.Equal([0, 1], answers.Select(answer => answer.Index).Distinct());
        Assert.All(answers, answer => Assert.Equal(Context.Substring(answer.Start, answer.Length), answer.Answer));
        var first = answers.Where(answer => answer.Index == 0).ToList();
        Assert.Equal(28, first.Count); // 7 tokens: 7 * 8 / 2 parts
        Assert.Equal(first.OrderByDescending(answer => answer.Score), first);

        using var values = model.Run([[2, 18, 19, 20, 21, 22, 3, 11, 12, 13, 14, 15, 16, 17, 3]], [[0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]], new ActivationSelection("start_logits", "end_logits"), Cancellation);
        var (start, end) = (Exponents("start_logits"), Exponents("end_logits"));
        var whole = first.Single(answer => answer.Answer == Context);
        Assert.Equal(start[7] / (start[0] + start[7..14].Sum()) * (end[13] / (end[0] + end[7..14].Sum())), whole.Score, 1e-6);

        double[] Exponents(string name) => [.. values.Row(name, 0).Values.ToArray().Select(logit => Math.Exp(logit))];
    }

    [Fact]
    public void A_long_context_is_read_in_windows()
    {
        using var encoder = new TinyEncoder("BertForQuestionAnswering");
        using var model = encoder.Load();
        var context = string.Join(' ', Enumerable.Repeat("the cat sat on the mat .", 8)) + " ada";
        var answers = TextAnswer.Of(model, [TokenSequence.FromText(model, "where ?")], context, top: 10_000, cancellation: Cancellation);
        Assert.Contains(answers, answer => answer.Answer == "ada");
        Assert.Contains(answers, answer => answer.Start == 0);
        Assert.All(answers, answer => Assert.Equal(context.Substring(answer.Start, answer.Length), answer.Answer));
        var tooLong = TokenSequence.FromText(model, string.Join(' ', Enumerable.Repeat("where", 22)));
        Assert.Equal("TextTooLong", Assert.Throws<GptxException>(() => TextAnswer.Of(model, [tooLong], context, cancellation: Cancellation)).ErrorId);
    }
}
