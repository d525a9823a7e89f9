using FsCheck;
using FsCheck.Fluent;
using Gptx.Generation;

namespace Gptx.Tests.Generation;

public class TokenSamplerTests
{
    [Fact]
    public void A_temperature_near_zero_is_greedy() => Prop.ForAll(SampleLogits.Any, logits =>
    {
        int greedy = Sample(SampleLogits.Plain with { Temperature = 0 }, logits).Token.Id;
        int cold = Sample(SampleLogits.Plain with { Temperature = 1e-30 }, logits).Token.Id;
        return greedy == Array.IndexOf(logits, logits.Max()) && logits[cold] == logits[greedy];
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_tokens_that_the_chain_leaves_are_drawn() => Prop.ForAll(SampleLogits.Any, Gen.Choose(0, 100000).ToArbitrary(), (logits, seed) =>
    {
        SampledToken sampled = Sample(SampleLogits.Plain with { Seed = (ulong)seed, TopP = 0.8, Alternatives = 3 }, logits);
        return double.IsFinite(sampled.Token.ProcessedLogProbability)
            && sampled.Token.ProcessedLogProbability >= sampled.Token.LogProbability - 1e-6
            && sampled.Alternatives.Count == Math.Min(3, logits.Length)
            && sampled.Alternatives.Select(a => a.Rank).SequenceEqual(Enumerable.Range(1, sampled.Alternatives.Count))
            && sampled.Alternatives.All(a => a.Id != sampled.Token.Id || a == sampled.Token);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_stream_is_the_documented_one()
    {
        var stream = new RandomStream(42, promptIndex: 3, continuationIndex: 1);
        Assert.Equal(Documented(42, 3, 1, 0), stream.Uniform(0));
        Assert.Equal(Documented(42, 3, 1, 9), stream.Uniform(9));
        double[] firsts = [.. from prompt in Enumerable.Range(0, 30) from continuation in Enumerable.Range(0, 30) select new RandomStream(42, prompt, continuation).Uniform(0)];
        Assert.Equal(900, firsts.Distinct().Count());
        Assert.InRange(firsts.Average(), 0.45, 0.55);
    }

    [Fact]
    public void The_same_seed_gives_the_same_tokens_and_another_gives_others()
    {
        float[] logits = [.. Enumerable.Range(0, 100).Select(i => i * 0.01f)];
        Assert.Equal(Row(1, 0), Row(1, 0));
        Assert.NotEqual(Row(1, 0), Row(2, 0));
        Assert.NotEqual(Row(1, 0), Row(1, 1));

        int[] Row(ulong seed, int continuation)
        {
            var sampler = new TokenSampler(SampleLogits.Plain with { Seed = seed }, continuationIndex: continuation);
            var tokens = new List<int>();
            while (tokens.Count < 20)
            {
                tokens.Add(sampler.Sample(logits, new SamplingContext(tokens.ToArray(), 0)).Token.Id);
            }

            return [.. tokens];
        }
    }

    [Fact]
    public void Draws_follow_the_probabilities()
    {
        double[] probabilities = [0.4, 0.05, 0.3, 0.2, 0.04, 0.01];
        float[] logits = [.. probabilities.Select(p => (float)Math.Log(p))];
        const int Draws = 100_000;
        var sampler = new TokenSampler(SampleLogits.Plain with { Seed = 20261122 });
        int[] counts = new int[probabilities.Length];
        int[] text = new int[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            counts[sampler.Sample(logits, new SamplingContext(text.AsSpan(0, draw), 0)).Token.Id]++;
        }

        double chiSquare = probabilities.Select((p, id) => Math.Pow(counts[id] - (p * Draws), 2) / (p * Draws)).Sum();
        Assert.InRange(chiSquare, 0.2, 15.1); // 5 degrees of freedom: 0.1 % and 99 %
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_no_numbers_are_an_error(float bad)
    {
        GptxException error = Assert.Throws<GptxException>(() => Sample(SampleLogits.Plain, [0, bad]));
        Assert.Equal(("LogitsNotFinite", GptxErrorKind.InvalidInput), (error.ErrorId, error.Kind));
        Assert.Contains("token 1 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_token_left_is_an_error()
    {
        Assert.Equal("NoTokenLeft", Assert.Throws<GptxException>(() => Sample(SampleLogits.Plain, [float.NegativeInfinity])).ErrorId);
        Assert.Equal("NoTokenLeft", Assert.Throws<GptxException>(() => Sample(SampleLogits.Plain with { BadWords = [[0], [1]] }, [1, 2])).ErrorId);
        Assert.Equal("NoTokenLeft", Assert.Throws<GptxException>(() => Sample(SampleLogits.Plain, [])).ErrorId);
    }

    private static SampledToken Sample(SamplingSettings settings, float[] logits) =>
        new TokenSampler(settings).Sample(logits, new SamplingContext([], 0));

    private static double Documented(ulong seed, ulong prompt, ulong continuation, ulong n)
    {
        const ulong G = 0x9E3779B97F4A7C15;
        ulong key = Mix(Mix(Mix(seed + G) + prompt + G) + continuation + G);
        return (Mix(key + ((n + 1) * G)) >> 11) * Math.Pow(2, -53);

        static ulong Mix(ulong z)
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
