using Gptx.Checkpoints;
using Gptx.Generation;
using Gptx.Generation.Beams;
using Gptx.Inference;
using Gptx.Inference.Verification;
using Gptx.Tests.Checkpoints;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Generation.Beams;

public class BeamSearchTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    private const int End = 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1.0, EarlyStopping.Never)]
    [InlineData(2, 0.0, EarlyStopping.Never)]
    [InlineData(3, 2.5, EarlyStopping.Never)]
    [InlineData(4, -1.0, EarlyStopping.Never)]
    public void With_beams_for_every_text_the_best_are_the_best_of_all(int seed, double lengthPenalty, EarlyStopping stopping)
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = seed, Vocabulary = 5, Context = 12 });
        using var model = checkpoint.Load();
        int[] prompt = checkpoint.Rows(4)[0];
        var options = new GenerationOptions { Beams = 700, Count = 6, MaxTokens = 4, LengthPenalty = lengthPenalty, EarlyStopping = stopping, StopTokens = [End] };
        var expected = AllTexts.Of(model, prompt, 4, End)
            .Select(text => (text.Ids, Score: text.Sum / Math.Pow(text.Ids.Length, lengthPenalty)))
            .OrderByDescending(text => text.Score).Take(6).ToList();
        var texts = Generate(model, [prompt], options);
        Assert.Equal(expected.Select(text => string.Join(' ', text.Ids)), texts.Select(Ids));
        Assert.All(expected.Zip(texts), pair => Assert.Equal(pair.First.Score, pair.Second.Score!.Value, 1e-4));
        Assert.Equal(Enumerable.Range(0, 6), texts.Select(text => text.Continuation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_beam_is_greedy(int seed)
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = seed });
        using var model = checkpoint.Load();
        int[] prompt = checkpoint.Rows(5)[0];
        var settings = SamplingSettings.Resolve(new GenerationOptions { Beams = 1, Temperature = 0, MaxTokens = 15 });
        var step = BeamGenerator.Steps(model, [TokenSequence.FromIds(model, prompt)], settings, [0], Cancellation).Last();
        Assert.Equal(GreedyContinuation.Of(model, prompt, 15, Cancellation).Skip(5), step.Finished!.Tokens.Select(token => token.Id));
        Assert.Equal(step.Finished.Tokens.Average(token => token.LogProbability), step.Finished.Score!.Value, 1e-5);
        Assert.Equal(Ids(step.Finished), Ids(Generate(model, [prompt], new GenerationOptions { Beams = 1, Temperature = 0, MaxTokens = 15 })[0]));
    }

    [Theory]
    [InlineData(8, EarlyStopping.False)]
    [InlineData(8, EarlyStopping.True)]
    [InlineData(8, EarlyStopping.Never)]
    [InlineData(7, EarlyStopping.False)]
    [InlineData(7, EarlyStopping.True)]
    public void A_batch_gives_what_each_prompt_gives_alone_in_both_forms_of_the_cache(int headWidth, EarlyStopping stopping)
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { HeadWidth = headWidth, Seed = 9, Context = 40 });
        using var model = checkpoint.Load();
        var prompts = checkpoint.Rows(6, 1, 3, 9);
        var options = new GenerationOptions { Beams = 4, Count = 4, MaxTokens = 12, EarlyStopping = stopping, StopTokens = [1, 4, 7, 11], NoRepeatNgramSize = 2, RepetitionPenalty = 1.2, MinTokens = 2 };
        var together = Generate(model, prompts, options);
        var alone = prompts.SelectMany(prompt => Generate(model, [prompt], options)).ToList();
        Assert.Equal(alone.Select(Ids), together.Select(Ids));
        Assert.All(alone.Zip(together), pair => Assert.Equal(pair.First.Score!.Value, pair.Second.Score!.Value, 1e-4));
        Assert.All(together, text => Assert.Equal(text.Tokens.Average(token => token.ProcessedLogProbability), text.Score!.Value, 1e-5));
        Assert.All(together, text => Assert.True(text.Tokens.Count >= 3 || text.FinishReason == FinishReason.Length));
        Assert.All(prompts.Index(), prompt => Assert.Equal(4, together.Where(text => text.Index == prompt.Index).Select(Ids).Distinct(StringComparer.Ordinal).Count()));
        Assert.All(together.GroupBy(text => text.Index), texts => Assert.Equal(texts.OrderByDescending(text => text.Score), texts));
    }

    [Fact]
    public void Early_stopping_ends_sooner_and_never_finds_no_worse()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 4, Context = 40 });
        using var model = checkpoint.Load();
        var prompts = checkpoint.Rows(4, 5, 6, 7, 8);
        var options = new GenerationOptions { Beams = 3, MaxTokens = 20, StopTokens = [.. Enumerable.Range(0, 12)] };
        double[] Best(EarlyStopping stopping) => [.. Generate(model, prompts, options with { EarlyStopping = stopping }).Select(text => text.Score!.Value)];
        var (soon, usual, never) = (Best(EarlyStopping.True), Best(EarlyStopping.False), Best(EarlyStopping.Never));
        Assert.All(soon.Zip(usual), pair => Assert.True(pair.First <= pair.Second + 1e-6));
        Assert.All(usual.Zip(never), pair => Assert.True(pair.First <= pair.Second + 1e-6));
        Assert.NotEqual(soon, never);
    }

    [Fact]
    public void Stop_strings_end_beams_and_are_left_out()
    {
        var options = new GenerationOptions { Beams = 3, Count = 3, MaxTokens = 12, StopStrings = [" a"] };
        var texts = TextGenerator.Generate(embedded.Model, [embedded.Text("Once upon a time there was")], options, cancellation: Cancellation);
        Assert.Contains(texts, text => text.FinishReason == FinishReason.StopString);
        Assert.All(texts, text => Assert.DoesNotContain(" a", text.Text, StringComparison.Ordinal));
        Assert.All(texts.Where(text => text.FinishReason == FinishReason.StopString), text => Assert.Equal(" a", text.StopString));
    }

    [Fact]
    public void A_stream_gives_each_text_in_pieces_and_the_context_ends_it()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 2 });
        using var model = checkpoint.Load();
        var prompts = checkpoint.Rows(20, 10).Select(ids => TokenSequence.FromIds(model, ids)).ToList();
        var steps = TextGenerator.Stream(model, prompts, new GenerationOptions { Beams = 4, Count = 2, MaxTokens = 9 }, cancellation: Cancellation).ToList();
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1)], steps.Select(step => (step.Index, step.Continuation)).Distinct());
        Assert.Equal([FinishReason.Context, FinishReason.Context, FinishReason.Length, FinishReason.Length], steps.Select(step => step.Finished).OfType<GeneratedText>().Select(text => text.FinishReason));
        Assert.Equal([4, 4, 9, 9], steps.GroupBy(step => (step.Index, step.Continuation)).Select(text => text.Count()));
    }

    [Fact]
    public void Where_every_token_is_forbidden_it_says_so()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Vocabulary = 4 });
        using var model = checkpoint.Load();
        var error = Assert.Throws<GptxException>(() => Generate(model, [[1]], new GenerationOptions { Beams = 2, BadWords = [[0], [1], [2], [3]] }));
        Assert.Equal("NoTokenLeft", error.ErrorId);
        Assert.Single(Generate(model, [[1]], new GenerationOptions { Beams = 4, Count = 4, MaxTokens = 3, BadWords = [[0], [1], [2]] }));
    }

    [Fact]
    public void Cancelled_it_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => TextGenerator.Generate(embedded.Model, [embedded.Text("Once")], new GenerationOptions { Beams = 4 }, cancellation: source.Token));
    }

    [Fact]
    public void The_file_may_recommend_beams_and_the_options_come_before_it()
    {
        var file = new GenerationConfig { NumBeams = 4, NumReturnSequences = 6, LengthPenalty = 2, EarlyStopping = "never", Temperature = 0.6, TopP = 0.5 };
        var settings = SamplingSettings.Resolve(new() { Seed = 1 }, file);
        Assert.Equal("4 beams, length penalty 2, early stopping never; seed 1", settings.ToString());
        Assert.Equal((4, 4, true), (settings.Beams, settings.Count, settings.IsGreedy));
        Assert.Equal((2, 2), (SamplingSettings.Resolve(new() { Beams = 2 }, file).Beams, SamplingSettings.Resolve(new() { Beams = 2 }, file).Count));
        Assert.Equal((1, 0.9, 0.6), (SamplingSettings.Resolve(new() { TopP = 0.9 }, file).Beams, SamplingSettings.Resolve(new() { TopP = 0.9 }, file).TopP, SamplingSettings.Resolve(new() { Beams = 1 }, file).Temperature));
        Refused(GptxErrorKind.ModelNotLoadable, "BeamsNotSupported", new(), file with { NumBeamGroups = 2 });
        Refused(GptxErrorKind.ModelNotLoadable, "OptionOutOfRange", new(), file with { NumBeams = 100_000 });
        Refused(GptxErrorKind.InvalidArgument, "OptionOutOfRange", new() { LengthPenalty = 2 }, new());
        Refused(GptxErrorKind.InvalidArgument, "OptionOutOfRange", new() { EarlyStopping = EarlyStopping.True, Beams = 1 }, file);
        Assert.Equal(4, SamplingSettings.Resolve(new() { Beams = 4 }, file with { DoSample = true }).Beams);

        static void Refused(GptxErrorKind kind, string id, GenerationOptions options, GenerationConfig file)
        {
            var error = Assert.Throws<GptxException>(() => SamplingSettings.Resolve(options, file));
            Assert.Equal((kind, id), (error.Kind, error.ErrorId));
        }
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("\"never\"", "never")]
    [InlineData("\"often\"", null)]
    [InlineData("1", null)]
    public void The_file_is_read(string written, string? word)
    {
        using var folder = new TemporaryFolder();
        folder.Write("generation_config.json", $$"""{"num_beams": 3, "num_return_sequences": 2, "length_penalty": 0.5, "early_stopping": {{written}}}""");
        if (word is null)
        {
            Assert.Equal("ConfigValueInvalid", Assert.Throws<GptxException>(() => GenerationConfig.Read(folder["generation_config.json"])).ErrorId);
            return;
        }

        var file = GenerationConfig.Read(folder["generation_config.json"]);
        Assert.Equal((3, 2, 0.5, word), (file.NumBeams, file.NumReturnSequences, file.LengthPenalty, file.EarlyStopping));
    }

    private static IReadOnlyList<GeneratedText> Generate(LanguageModel model, IEnumerable<int[]> prompts, GenerationOptions options) =>
        TextGenerator.Generate(model, [.. prompts.Select(ids => TokenSequence.FromIds(model, ids))], options, cancellation: Cancellation);

    private static string Ids(GeneratedText text) => string.Join(' ', text.Tokens.Select(token => token.Id));
}
