using System.Diagnostics;
using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Benchmarks;

/// <summary>Tokens a second of decoding GPT-2 124M, and what share that is of reading all weights once a token.</summary>
public static class DecodingSpeed
{
    private const int Steps = 40;

    /// <summary>At 16 and at 900 tokens of context, for float32 and float16 checkpoints (both computed in float32).</summary>
    public static IEnumerable<Measurement> Measure()
    {
        var ceiling = MemoryBandwidth.BytesPerSecond / RandomGpt2.WeightBytes(ElementType.Float32);
        yield return new Measurement("GPT-2 124M, tokens/s if every float32 weight is read once a token", ceiling, "tokens/s");
        using var model = LanguageModel.Load(RandomGpt2.Folder(ElementType.Float32));
        foreach (var context in (int[])[16, 900])
        {
            var speed = TokensPerSecond(model, context);
            yield return new Measurement($"GPT-2 124M decoding at {context} tokens", speed, "tokens/s");
            yield return new Measurement($"... as a share of the ceiling", speed / ceiling, "");
        }
    }

    private static double TokensPerSecond(LanguageModel model, int context)
    {
        using var cache = model.CreateCache(1, context + (4 * Steps) + 1);
        int[] prompt = [.. Enumerable.Range(0, context).Select(position => position * 37 % model.Shape.VocabularySize)];
        cache.Prefill([prompt]);
        return TokensPerSecond(cache, Steps);
    }

    /// <summary>The best of three stretches of so many steps, after one that does not count.</summary>
    internal static double TokensPerSecond(KeyValueCache cache, int steps)
    {
        var best = double.MaxValue;
        for (var run = 0; run < 4; run++)
        {
            var watch = Stopwatch.StartNew();
            for (var step = 0; step < steps; step++)
            {
                cache.Step([step]);
            }

            best = run == 0 ? best : Math.Min(best, watch.Elapsed.TotalSeconds / steps);
        }

        return 1 / best;
    }
}
