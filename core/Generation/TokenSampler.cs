using System.Numerics.Tensors;
using Gptx.Generation.Processors;

namespace Gptx.Generation;

/// <summary>
/// Logits in, next token out, for one continuation of one prompt. The chain of <see cref="SamplingChain"/> runs over a copy of the logits; then
/// <list type="bullet">
/// <item>greedy (temperature 0): the largest logit, the lowest id among equals; nothing is drawn;</item>
/// <item>else: <c>u</c> = number n of the <see cref="RandomStream"/> for the n-th generated token (from 0), weights <c>exp(logit - largest)</c> in float64 added in the order of
/// the ids, and the first id at which the sum exceeds <c>u</c> times the whole sum.</item>
/// </list>
/// One draw a token, and no state but the seed: the same logits and context give the same token.
/// </summary>
public sealed class TokenSampler
{
    private readonly SamplingChain _chain;
    private readonly RandomStream _random;
    private readonly bool _isGreedy;
    private readonly int _alternatives;

    /// <summary>The sampler of one continuation; both indices count from 0.</summary>
    public TokenSampler(SamplingSettings settings, int promptIndex = 0, int continuationIndex = 0)
    {
        _chain = SamplingChain.Create(settings);
        _random = new RandomStream(settings.Seed, promptIndex, continuationIndex);
        _isGreedy = settings.IsGreedy;
        _alternatives = settings.Alternatives;
    }

    /// <summary>Chooses the token that follows <paramref name="context"/> from <paramref name="logits"/> ([vocab], left as they are).</summary>
    /// <exception cref="GptxException">
    /// InvalidInput: <c>LogitsNotFinite</c> for a logit that is no number or plus infinity, <c>NoTokenLeft</c> if every token is forbidden.
    /// </exception>
    public SampledToken Sample(ReadOnlySpan<float> logits, in SamplingContext context)
    {
        CheckFinite(logits);
        float[] processed = logits.ToArray();
        _chain.Process(processed, context);
        float largest = processed.Length == 0 ? float.NegativeInfinity : TensorPrimitives.Max<float>(processed);
        if (largest == float.NegativeInfinity)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "NoTokenLeft",
                $"no token can follow: all {logits.Length} are forbidden after {_chain.Describe()}");
        }

        int id = _isGreedy ? processed.AsSpan().IndexOf(largest) : Draw(processed, largest, _random.Uniform(context.GeneratedCount));
        return Report(id, logits, processed);
    }

    /// <summary>Refuses logits with a number that is NaN or plus infinity.</summary>
    internal static void CheckFinite(ReadOnlySpan<float> logits)
    {
        // The largest is no number where any is none.
        float largest = logits.IsEmpty ? 0 : TensorPrimitives.Max(logits);
        if (!float.IsNaN(largest) && largest != float.PositiveInfinity)
        {
            return;
        }

        int id = 0;
        while (!float.IsNaN(logits[id]) && logits[id] != float.PositiveInfinity)
        {
            id++;
        }

        throw new GptxException(GptxErrorKind.InvalidInput, "LogitsNotFinite",
            $"the logit of token {id} is {logits[id]}: the model overflowed; try a higher precision, such as float32");
    }

    private static int Draw(ReadOnlySpan<float> logits, float largest, double uniform)
    {
        double whole = Walk(logits, largest, double.PositiveInfinity).Sum;
        return Walk(logits, largest, uniform * whole).Id;
    }

    // Adds weights until the sum exceeds the target; gives the sum and the last id that added to it.
    private static (double Sum, int Id) Walk(ReadOnlySpan<float> logits, float largest, double target)
    {
        double sum = 0;
        int last = 0;
        for (int id = 0; id < logits.Length && sum <= target; id++)
        {
            double weight = logits[id] == float.NegativeInfinity ? 0 : Math.Exp((double)logits[id] - largest);
            sum += weight;
            last = weight > 0 ? id : last;
        }

        return (sum, last);
    }

    private SampledToken Report(int id, ReadOnlySpan<float> logits, ReadOnlySpan<float> processed)
    {
        double logSum = Softmax.LogSumExp(logits);
        double processedLogSum = Softmax.LogSumExp(processed);
        int[] best = MostProbable.Ids(logits, Math.Min(_alternatives, logits.Length));
        var alternatives = new TokenAlternative[best.Length];
        for (int place = 0; place < best.Length; place++)
        {
            int other = best[place];
            alternatives[place] = new TokenAlternative(other, logits[other] - logSum, processed[other] - processedLogSum, place + 1);
        }

        return new SampledToken(
            new TokenAlternative(id, logits[id] - logSum, processed[id] - processedLogSum, MostProbable.Rank(logits, id)), alternatives);
    }
}
