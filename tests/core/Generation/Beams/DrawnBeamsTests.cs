using Gptx.Checkpoints;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Generation.Beams;

/// <summary>Beams that are drawn: transformers' multinomial over all beams with every next token, with our own numbers.</summary>
public class DrawnBeamsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Pairs_come_as_often_as_drawing_without_putting_back_has_it()
    {
        const int Times = 3000;
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Vocabulary = 5, Seed = 3 });
        using var model = checkpoint.Load();
        int[] prompt = checkpoint.Rows(4)[0];
        var logits = model.NextLogits([prompt], Cancellation)[0];
        var weights = logits.Select(logit => Math.Exp(logit - logits.Max())).ToArray();
        var p = weights.Select(weight => weight / weights.Sum()).ToArray();
        var counts = new Dictionary<(int, int), int>();
        for (ulong seed = 0; seed < Times; seed++)
        {
            var texts = Generate(model, [prompt], Drawn(seed) with { MaxTokens = 1 });
            var pair = texts.Select(text => text.Tokens[0].Id).Order().ToArray();
            counts[(pair[0], pair[1])] = counts.GetValueOrDefault((pair[0], pair[1])) + 1;
        }

        for (var first = 0; first < p.Length; first++)
        {
            for (var second = first + 1; second < p.Length; second++)
            {
                var expected = p[first] * p[second] * ((1 / (1 - p[first])) + (1 / (1 - p[second])));
                Assert.Equal(expected, counts.GetValueOrDefault((first, second)) / (double)Times, 0.035);
            }
        }
    }

    [Fact]
    public void The_same_seed_draws_the_same_beams_in_any_batch()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 5, Context = 40 });
        using var model = checkpoint.Load();
        var prompts = checkpoint.Rows(5, 5, 5);
        var options = Drawn(7) with { MaxTokens = 12, StopTokens = [1, 2] };
        var together = Generate(model, prompts, options);
        Assert.Equal(together.Select(Ids), Generate(model, prompts, options).Select(Ids));
        Assert.NotEqual(together.Select(Ids), Generate(model, prompts, options with { Seed = 8 }).Select(Ids));
        Assert.Equal(together.Where(text => text.Index == 0).Select(Ids), Generate(model, [prompts[0]], options).Select(Ids));
        Assert.All(together.GroupBy(text => text.Index), texts => Assert.Equal(texts.OrderByDescending(text => text.Score), texts));
        Assert.All(together, text => Assert.Equal(text.Tokens.Average(token => token.ProcessedLogProbability), text.Score!.Value, 1e-5));
    }

    [Fact]
    public void Near_temperature_0_they_are_the_best_ones()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 6, Context = 40 });
        using var model = checkpoint.Load();
        var prompts = checkpoint.Rows(5);
        var best = Generate(model, prompts, new GenerationOptions { Beams = 3, Count = 1, MaxTokens = 8 });
        var drawn = Generate(model, prompts, Drawn(1) with { Beams = 3, Count = 1, MaxTokens = 8, Temperature = 0.001 });
        Assert.Equal(Ids(best[0]), Ids(drawn[0]));
    }

    [Fact]
    public void They_are_drawn_where_options_or_the_file_ask_for_it()
    {
        var file = new GenerationConfig { NumBeams = 3, DoSample = true, Temperature = 0.6 };
        Assert.Equal("temperature 0.6, top-p 0.95, 3 drawn beams, length penalty 1, early stopping false; seed 1", SamplingSettings.Resolve(new() { Seed = 1 }, file).ToString());
        Assert.True(SamplingSettings.Resolve(new() { Beams = 2 }, file).IsGreedy);
        Assert.True(SamplingSettings.Resolve(new() { Beams = 2, Temperature = 0 }, file).IsGreedy);
        Assert.True(SamplingSettings.Resolve(new() { Beams = 2, TopP = 1 }).IsGreedy);
        Assert.False(SamplingSettings.Resolve(new() { Beams = 2, TopK = 9 }).IsGreedy);
        Assert.Equal((1, 0.9), (SamplingSettings.Resolve(new() { TopP = 0.9 }, file).Beams, SamplingSettings.Resolve(new() { TopP = 0.9 }, file).TopP));
    }

    private static GenerationOptions Drawn(ulong seed) => new() { Beams = 2, Count = 2, Seed = seed, Temperature = 1, TopP = 1 };

    private static string Ids(GeneratedText text) => string.Join(' ', text.Tokens.Select(token => token.Id));

    private static IReadOnlyList<GeneratedText> Generate(LanguageModel model, int[][] prompts, GenerationOptions options) =>
        TextGenerator.Generate(model, [.. prompts.Select(ids => TokenSequence.FromIds(model, ids))], options, cancellation: Cancellation);
}
