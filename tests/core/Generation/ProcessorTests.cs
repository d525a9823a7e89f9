using FsCheck;
using FsCheck.Fluent;
using Gptx.Generation;
using Gptx.Generation.Processors;

namespace Gptx.Tests.Generation;

public class ProcessorTests
{
    private static readonly ILogitsProcessor[] Cuts =
    [
        new TopK(1), new TopK(7), new TopP(1e-9), new TopP(0.5), new TopP(0.95), new MinP(0.1), new MinP(1), new TypicalP(1e-9), new TypicalP(0.9),
        new EpsilonCutoff(0.001), new EpsilonCutoff(0.999), new EtaCutoff(0.001), new EtaCutoff(0.999), new Temperature(1e-300), new Temperature(1000),
    ];

    [Fact]
    public void Cuts_keep_a_token_and_bring_none_back() => Prop.ForAll(SampleLogits.Any, logits => Cuts.All(cut =>
    {
        float[] after = Run(cut, logits);
        return after.All(logit => !float.IsNaN(logit) && !float.IsPositiveInfinity(logit))
            && after.Any(float.IsFinite)
            && logits.Zip(after).All(pair => pair.First != float.NegativeInfinity || pair.Second == float.NegativeInfinity);
    })).QuickCheckThrowOnFailure();

    [Fact]
    public void Top_p_keeps_the_smallest_set_that_reaches_p() => Prop.ForAll(SampleLogits.Any, logits =>
    {
        float[] after = Run(new TopP(0.7), logits);
        float[] probabilities = Softmax.Probabilities(logits);
        double[] kept = [.. probabilities.Where((_, id) => after[id] != float.NegativeInfinity).Select(p => (double)p)];
        return kept.Sum() >= 0.7 - 1e-5 && kept.Sum() - kept.Min() < 0.7 + 1e-5;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Steps_run_in_the_documented_order()
    {
        SamplingSettings settings = SampleLogits.Plain with
        {
            RepetitionPenalty = 1.1,
            PresencePenalty = 0.5,
            NoRepeatNgramSize = 3,
            BadWords = [[1]],
            MinTokens = 2,
            StopTokens = [0],
            Temperature = 0.7,
            TopK = 30,
            TopP = 0.9,
            MinP = 0.05,
            TypicalP = 0.95,
            EpsilonCutoff = 0.001,
            EtaCutoff = 0.002,
        };
        Assert.Equal(
            "repetition penalty 1.1, presence penalty 0.5, frequency penalty 0, no repeated n-gram of 3, 1 bad words, minimum length 2, "
            + "temperature 0.7, top-k 30, top-p 0.9, min-p 0.05, typical-p 0.95, epsilon cutoff 0.001, eta cutoff 0.002; seed 7",
            settings.ToString());
        Assert.Equal("minimum length 2, greedy; seed 7", (SampleLogits.Plain with { MinTokens = 2, StopTokens = [0], Temperature = 0, TopK = 5 }).ToString());
        Assert.Empty(SamplingChain.Create(SampleLogits.Plain).Processors);
    }

    [Fact]
    public void Presence_and_frequency_count_generated_tokens_only()
    {
        float[] logits = [0, 0, 0];
        new PresenceAndFrequencyPenalty(1, 0.5).Process(logits, new SamplingContext([0, 0, 1, 2, 2], promptLength: 2));
        Assert.Equal([0, -1.5f, -2], logits);
    }

    [Fact]
    public void A_bad_word_that_the_whole_text_begins_is_forbidden()
    {
        float[] logits = [0, 0, 0];
        new BadWords([[0, 1, 2], [2, 2, 1, 1, 0]]).Process(logits, new SamplingContext([0, 1], promptLength: 2));
        Assert.Equal([0, 0, float.NegativeInfinity], logits);
    }

    [Fact]
    public void Forbidden_tokens_alone_stay_forbidden() => Assert.All(Cuts, cut =>
        Assert.All(Run(cut, [float.NegativeInfinity, float.NegativeInfinity]), logit => Assert.Equal(float.NegativeInfinity, logit)));

    [Fact]
    public void Top_p_over_a_large_vocabulary_is_that_of_a_full_sort()
    {
        var random = new Random(3);
        float[] logits = [.. Enumerable.Range(0, 30000).Select(_ => MathF.Round(12 * random.NextSingle() * random.NextSingle(), 3))];
        foreach (double p in new[] { 0.001, 0.3, 0.95, 0.9999 })
        {
            float[] after = Run(new TopP(p), logits);
            float[] probabilities = Softmax.Probabilities(logits);
            double sum = 0;
            int[] gone = [.. TorchOrder.Ascending(logits).TakeWhile(id => (float)(sum += probabilities[id]) <= (float)(1 - p))];
            Assert.Equal(gone.Order(), after.Index().Where(l => l.Item == float.NegativeInfinity).Select(l => l.Index));
        }
    }

    // Check sums (FNV-1a over the ids) of std::sort and std::partial_sort of the GNU C++ library.
    [Theory]
    [InlineData(17, 16538865143810916731, 16538865143810916731)]
    [InlineData(100, 12199545381940163669, 1381303873069466551)]
    [InlineData(1000, 15253381453956447937, 7348221177331566819)]
    [InlineData(50000, 1178306464980236041, 15146117464284536553)]
    public void Equal_values_come_in_the_order_of_torch(int count, ulong sorted, ulong heapSorted)
    {
        float[] values = [.. Enumerable.Range(0, count).Select(i => (float)(((i * 7919L) + ((long)i * i * 31)) % 97))];
        Assert.Equal(sorted, CheckSum(TorchOrder.Ascending(values)));
        (float Value, int Id)[] items = [.. values.Select((value, id) => (value, id))];
        TorchOrder.HeapSort(items);
        Assert.Equal(heapSorted, CheckSum(items.Select(item => item.Id)));
    }

    private static ulong CheckSum(IEnumerable<int> ids) => ids.Aggregate(14695981039346656037, (sum, id) => (sum ^ (ulong)id) * 1099511628211);

    private static float[] Run(ILogitsProcessor processor, float[] logits)
    {
        float[] after = [.. logits];
        processor.Process(after, new SamplingContext([], 0));
        return after;
    }
}
