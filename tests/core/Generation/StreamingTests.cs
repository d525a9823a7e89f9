using System.Diagnostics;
using Gptx.Generation;
using Gptx.Inference;

namespace Gptx.Tests.Generation;

public class StreamingTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    private static readonly GenerationOptions Options = new() { MaxTokens = 30, Seed = 5, Count = 2 };

    private IReadOnlyList<TokenSequence> Prompts => [embedded.Text("Once upon a time"), embedded.Text("The old man and the")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pieces_of_a_stream_are_the_text()
    {
        var expected = TextGenerator.Generate(embedded.Model, Prompts, Options, cancellation: Cancellation);
        var pieces = new Dictionary<(int Index, int Continuation), string>();
        var finished = new List<GeneratedText>();
        await foreach (var step in TextGenerator.StreamAsync(embedded.Model, Prompts, Options, cancellation: Cancellation))
        {
            var key = (step.Index, step.Continuation);
            pieces[key] = pieces.GetValueOrDefault(key, "") + step.Text;
            if (step.Finished is { } text)
            {
                finished.Add(text);
            }
        }

        Assert.Equal(expected.Select(text => text.Text), expected.Select(text => pieces[(text.Index, text.Continuation)]));
        Assert.Equal(expected.Select(text => text.Text), finished.OrderBy(text => text.Index).ThenBy(text => text.Continuation).Select(text => text.Text));
        Assert.Equal(expected.Select(text => text.Text), TextGenerator.Stream(embedded.Model, Prompts, Options, cancellation: Cancellation)
            .GroupBy(step => (step.Index, step.Continuation)).Select(steps => string.Concat(steps.Select(step => step.Text))));
    }

    [Fact]
    public void A_stop_string_across_tokens_is_found_and_left_out_and_never_shown_in_part()
    {
        var options = new GenerationOptions { Temperature = 0, MaxTokens = 25, IgnoreEndOfText = true };
        var whole = TextGenerator.Generate(embedded.Model, [Prompts[0]], options, cancellation: Cancellation)[0];
        foreach (var (start, length) in ((int, int)[])[(3, 4), (7, 9), (12, 3), (20, 15), (0, 2)])
        {
            var stop = whole.Text.Substring(start, length);
            var steps = TextGenerator.Stream(embedded.Model, [Prompts[0]], options with { StopStrings = ["no such text", stop] }, cancellation: Cancellation).ToList();
            var text = steps[^1].Finished!;
            var expected = whole.Text[..whole.Text.IndexOf(stop, StringComparison.Ordinal)];
            Assert.Equal((FinishReason.StopString, stop, expected), (text.FinishReason, text.StopString, text.Text));
            Assert.Equal(expected, string.Concat(steps.Select(step => step.Text)));
            Assert.True(text.Tokens.Count < whole.Tokens.Count);
        }
    }

    [Fact]
    public async Task A_cancelled_stream_ends_soon_and_the_model_goes_on()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var clock = new Stopwatch();
        var steps = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            var stream = TextGenerator.StreamAsync(embedded.Model, Prompts, Options with { MaxTokens = 400, IgnoreEndOfText = true }, cancellation: source.Token);
            await foreach (var step in stream)
            {
                if (++steps == 9)
                {
                    clock.Start();
                    await source.CancelAsync();
                }
            }
        });
        Assert.InRange(steps, 9, 12);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.NotEmpty(TextGenerator.Generate(embedded.Model, Prompts, Options, cancellation: Cancellation));
    }

    [Fact]
    public async Task A_run_that_is_under_way_is_stopped()
    {
        var ids = Enumerable.Repeat(258, 512).ToArray();
        int[][] rows = [.. Enumerable.Repeat(ids, 24)];
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var run = Task.Run(() => embedded.Model.Run(rows, new Gptx.Activations.ActivationSelection("final_norm"), source.Token).Dispose(), Cancellation);
        await Task.Delay(300, Cancellation);
        Assert.False(run.IsCompleted, "the run was too short to be stopped");
        var clock = Stopwatch.StartNew();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Single(embedded.Model.NextLogits([ids[..3]], Cancellation));
    }

    [Fact]
    public void Cancelled_before_it_begins_nothing_runs()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => TextGenerator.Generate(embedded.Model, Prompts, Options, cancellation: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => embedded.Model.NextLogits([[1]], cancelled));
    }
}
