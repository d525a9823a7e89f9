using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.Tests.Inference;

/// <summary>Ways to use a key/value cache, with its logits compared to those of whole forward passes at each step.</summary>
internal static class DecodingScript
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Reads the beginnings of rows, then adds a token to each until the longest is complete.</summary>
    public static void Grow(KeyValueCache cache, LanguageModel model, int[][] rows, int[] starts, double tolerance)
    {
        AssertLogits(cache.Prefill([.. rows.Select((row, index) => row[..starts[index]])], Cancellation), model, Cut(0), tolerance);
        for (var step = 1; starts.Max() + step <= rows[0].Length; step++)
        {
            AssertLogits(cache.Step([.. rows.Select((row, index) => row[starts[index] + step - 1])], Cancellation), model, Cut(step), tolerance);
        }

        int[][] Cut(int step) => [.. rows.Select((row, index) => row[..(starts[index] + step)])];
    }

    /// <summary>Between steps rows are dropped, repeated and put in another order.</summary>
    public static void Shuffle(KeyValueCache cache, LanguageModel model, RandomGpt2 checkpoint, Random random, double tolerance)
    {
        List<int>[] rows = [.. checkpoint.Rows(3, 9, 1, 6).Select(row => row.ToList())];
        AssertLogits(cache.Prefill(rows, Cancellation), model, rows, tolerance);
        while (rows.Max(row => row.Count) < checkpoint.Recipe.Context)
        {
            for (var times = random.Next(3); times > 0; times--)
            {
                int[] chosen = [.. Enumerable.Range(0, random.Next(1, cache.MostRows + 1)).Select(_ => random.Next(rows.Length))];
                cache.Select(chosen);
                rows = [.. chosen.Select(row => rows[row].ToList())];
                Assert.Equal(rows.Select(row => row.Count), cache.Lengths);
            }

            int[] tokens = [.. rows.Select(_ => random.Next(checkpoint.Recipe.Vocabulary))];
            foreach (var (row, token) in tokens.Index())
            {
                rows[row].Add(token);
            }

            AssertLogits(cache.Step(tokens, Cancellation), model, rows, tolerance);
        }
    }

    public static void AssertLogits(ReadOnlySpan<float> logits, LanguageModel model, IReadOnlyList<IReadOnlyList<int>> rows, double tolerance)
    {
        using var values = model.Run(rows, new ActivationSelection(ActivationName.Logits), Cancellation);
        Assert.Equal(rows.Count * model.Shape.VocabularySize, logits.Length);
        for (var row = 0; row < rows.Count; row++)
        {
            var last = values.Row(ActivationName.Logits, row)[rows[row].Count - 1].Values.Span;
            Closeness.AssertWithin(tolerance, logits.Slice(row * last.Length, last.Length), last, $"row {row} of {rows.Count} with {rows[row].Count} tokens");
        }
    }
}
