using Gptx.Activations;
using Gptx.Generation;
using Gptx.Inference;

namespace Gptx.Tests.Inference;

public class ConcurrencyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_threads_get_what_one_gets()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 51 });
        using var model = checkpoint.Load();
        var names = model.ActivationNames;

        // More sets of outputs than the pool keeps sessions for.
        (int[][] Rows, ActivationSelection Asked)[] work = [.. Enumerable.Range(0, 40).Select(i => (checkpoint.Rows(1 + (i % 9), 5), new ActivationSelection(names[i % 12], "logits")))];
        var alone = work.Select(Run).ToList();
        var prompts = checkpoint.Rows(4, 6).Select(row => TokenSequence.FromIds(model, row)).ToList();
        var text = Generate();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 160),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation },
            (i, _) =>
            {
                if (i % 4 == 0)
                {
                    Assert.Equal(text, Generate());
                }
                else
                {
                    Closeness.AssertWithin(1e-5, Run(work[i % work.Length]), alone[i % work.Length], $"{i}");
                }

                return ValueTask.CompletedTask;
            });

        float[] Run((int[][] Rows, ActivationSelection Asked) item)
        {
            using var values = model.Run(item.Rows, item.Asked, Cancellation);
            return [.. Enumerable.Range(0, item.Rows.Length).SelectMany(row => values.Row("logits", row).Values.ToArray())];
        }

        List<int> Generate() => [.. TextGenerator.Generate(model, prompts, new GenerationOptions { Seed = 9, MaxTokens = 15, Count = 2 }, cancellation: Cancellation)
            .SelectMany(generated => generated.Tokens.Select(token => token.Id))];
    }

    [Fact]
    public void A_model_that_is_closed_refuses_new_work_and_finishes_what_it_began()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 52 });
        var model = checkpoint.Load();
        var rows = checkpoint.Rows(4);
        var expected = model.NextLogits(rows, Cancellation)[0];
        using var values = model.Run(rows, ActivationSelection.All, Cancellation);
        var kept = values["logits"].Values.ToArray();
        var cache = model.CreateCache(1, 24);
        model.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Run(rows, ActivationSelection.All, Cancellation));
        Assert.Throws<ObjectDisposedException>(() => model.CreateCache(1, 24));
        Assert.Equal(expected, cache.Prefill(rows, Cancellation).ToArray());
        Assert.Equal(kept, values["logits"].Values.ToArray());
        cache.Dispose();
        cache.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.TokenEmbeddingTensor.ReadSingles());
        values.Dispose();
        Assert.Throws<ObjectDisposedException>(() => values["logits"].Values.Span.Length);
    }
}
