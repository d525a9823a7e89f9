using Gptx.Generation.Processors;

namespace Gptx.Generation.Beams;

/// <summary>
/// The next tokens of every running beam: logits become log-probabilities, and these go through the chain of processors, as transformers does it (its samplers
/// put logits through). They are not normalised again.
/// </summary>
internal sealed class BeamDistributions(SamplingChain chain, int alternatives)
{
    private float[] _processed = [];
    private double[] _logSums = [];
    private int _vocabulary;

    /// <summary>Takes the logits [beam, vocabulary] after running beams.</summary>
    /// <exception cref="GptxException"><c>LogitsNotFinite</c>.</exception>
    public void Take(IReadOnlyList<Beam> beams, ReadOnlySpan<float> logits, int promptLength)
    {
        _vocabulary = logits.Length / beams.Count;
        _processed = _processed.Length < logits.Length ? new float[logits.Length] : _processed;
        _logSums = new double[beams.Count];
        for (var row = 0; row < beams.Count; row++)
        {
            var own = logits.Slice(row * _vocabulary, _vocabulary);
            TokenSampler.CheckFinite(own);
            _logSums[row] = Softmax.LogSumExp(own);
            var processed = Row(row);
            for (var id = 0; id < _vocabulary; id++)
            {
                processed[id] = (float)(own[id] - _logSums[row]);
            }

            chain.Process(processed, new SamplingContext(beams[row].Ids, promptLength));
        }
    }

    /// <summary>The candidates with the largest sums, best first; among equals the lower beam and id. None that is forbidden.</summary>
    public IReadOnlyList<BeamCandidate> Best(IReadOnlyList<Beam> beams, int count)
    {
        var candidates = new List<BeamCandidate>();
        for (var row = 0; row < beams.Count; row++)
        {
            foreach (var id in MostProbable.Ids(Row(row), Math.Min(count, _vocabulary)))
            {
                if (Row(row)[id] > float.NegativeInfinity)
                {
                    candidates.Add(new BeamCandidate(row, id, beams[row].Sum + Row(row)[id]));
                }
            }
        }

        return [.. candidates.OrderByDescending(candidate => candidate.Sum).Take(count)];
    }

    /// <summary>
    /// Candidates drawn without putting back, in the order in which they were drawn, fewer where no more are allowed. Candidate c has the weight e to the sum of
    /// log-probabilities; for each draw the weights of those not yet drawn are added in float64 in the order of beams and ids, and the first at which the sum
    /// exceeds <c>u</c> times the whole is drawn.
    /// </summary>
    /// <param name="beams">The running beams.</param>
    /// <param name="count">How many draws.</param>
    /// <param name="uniform">Number n of this step, in [0, 1).</param>
    public IReadOnlyList<BeamCandidate> Drawn(IReadOnlyList<Beam> beams, int count, Func<int, double> uniform)
    {
        var sums = new double[beams.Count * _vocabulary];
        for (var row = 0; row < beams.Count; row++)
        {
            for (var id = 0; id < _vocabulary; id++)
            {
                sums[(row * _vocabulary) + id] = beams[row].Sum + Row(row)[id];
            }
        }

        var largest = sums.Max();
        double[] weights = double.IsNegativeInfinity(largest) ? [] : Array.ConvertAll(sums, sum => Math.Exp(sum - largest));
        var drawn = new List<BeamCandidate>();
        for (var draw = 0; draw < count && weights.Sum() is > 0 and var whole; draw++)
        {
            var place = Walk(weights, uniform(draw) * whole);
            drawn.Add(new BeamCandidate(place / _vocabulary, place % _vocabulary, sums[place]));
            weights[place] = 0;
        }

        return drawn;
    }

    /// <summary>What is reported of a candidate's token.</summary>
    public SampledToken Report(BeamCandidate candidate, ReadOnlySpan<float> logits)
    {
        var row = candidate.Row;
        var own = logits.Slice(row * _vocabulary, _vocabulary);
        var others = new List<TokenAlternative>();
        foreach (var (place, id) in MostProbable.Ids(own, Math.Min(alternatives, _vocabulary)).Index())
        {
            others.Add(new TokenAlternative(id, own[id] - _logSums[row], Row(row)[id], place + 1));
        }

        var token = candidate.Id;
        return new SampledToken(new TokenAlternative(token, own[token] - _logSums[row], Row(row)[token], MostProbable.Rank(own, token)), others);
    }

    /// <summary>The first place at which the added weights exceed the target; the last with a weight where rounding leaves none.</summary>
    private static int Walk(double[] weights, double target)
    {
        var (sum, last) = (0.0, 0);
        for (var place = 0; place < weights.Length && sum <= target; place++)
        {
            sum += weights[place];
            last = weights[place] > 0 ? place : last;
        }

        return last;
    }

    private Span<float> Row(int row) => _processed.AsSpan(row * _vocabulary, _vocabulary);
}
