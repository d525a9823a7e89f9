namespace Gptx.Generation.Beams;

/// <summary>
/// Beam search over one prompt, as transformers 5 does it (its <c>_beam_search</c>): of all running beams with every next token the best
/// <c>max(2, 1 + stop tokens)</c> times as many as beams are looked at. Those among the first <c>beams</c> of them that end are finished texts; the best that do not end run on.
/// Where beams are drawn, so many candidates are drawn in place of the best (transformers' <c>multinomial</c>), one uniform number each: number s K + n of the prompt's
/// <see cref="RandomStream"/> is draw n of step s, both from 0, of K draws a step. Rows that would only repeat a text, with which transformers fills up what a tiny vocabulary leaves open, do not exist here.
/// </summary>
internal sealed class BeamSearch
{
    private readonly SamplingSettings _settings;
    private readonly int _promptLength;
    private readonly int _most;
    private readonly Func<int[], bool> _endsAtStopString;
    private readonly BeamDistributions _distributions;
    private readonly BeamHypotheses _finished;
    private readonly HashSet<int> _stopTokens;
    private readonly RandomStream _random;
    private int _generated;

    /// <summary>Begins a search.</summary>
    /// <param name="prompt">The prompt's ids.</param>
    /// <param name="settings">Beams, length penalty, early stopping, stop tokens and the processors.</param>
    /// <param name="most">The most tokens a text may have.</param>
    /// <param name="endsAtStopString">Whether a text of these ids, prompt included, has a stop string.</param>
    /// <param name="index">Which prompt, from 0: each draws numbers of its own.</param>
    public BeamSearch(IReadOnlyList<int> prompt, SamplingSettings settings, int most, Func<int[], bool> endsAtStopString, int index = 0)
    {
        _random = new RandomStream(settings.Seed, index);
        (_settings, _promptLength, _most, _endsAtStopString) = (settings, prompt.Count, most, endsAtStopString);
        _distributions = new BeamDistributions(SamplingChain.Create(settings), settings.Alternatives);
        _finished = new BeamHypotheses(settings.Beams);
        _stopTokens = [.. settings.StopTokens];
        Running = [Beam.Of(prompt)];
    }

    /// <summary>The beams whose next logits are wanted, best first: the prompt alone, later at most as many as beams.</summary>
    public IReadOnlyList<Beam> Running { get; private set; }

    /// <summary>Whether the search has ended.</summary>
    public bool IsDone => Running.Count == 0;

    /// <summary>The finished texts, best first.</summary>
    public IReadOnlyList<BeamHypothesis> Finished => _finished.Best;

    /// <summary>Goes one token on, with the logits after each running beam, [beam, vocabulary].</summary>
    /// <exception cref="GptxException"><c>NoTokenLeft</c>: every token is forbidden, and nothing is finished; <c>LogitsNotFinite</c>.</exception>
    public void Advance(ReadOnlySpan<float> logits)
    {
        _generated++;
        _distributions.Take(Running, logits, _promptLength);
        var candidates = Candidates(Math.Max(2, 1 + _stopTokens.Count) * _settings.Beams);
        if (candidates.Count == 0 && Finished.Count == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "NoTokenLeft",
                $"no token can follow: all are forbidden after {SamplingChain.Create(_settings).Describe()}");
        }

        var next = new List<BeamCandidate>();
        foreach (var (place, candidate) in candidates.Index())
        {
            var ends = Ends(candidate);
            if (ends && place < _settings.Beams)
            {
                var beam = Extend(candidate, logits);
                _finished.Add(new BeamHypothesis(beam, BeamHypothesis.ScoreOf(beam.Sum, _generated, _settings.LengthPenalty)));
            }
            else if (!ends)
            {
                next.Add(candidate);
            }
        }

        // In the order of their sums, which drawn ones do not have.
        var running = new List<Beam>();
        foreach (var candidate in next.OrderByDescending(candidate => candidate.Sum).Take(_settings.Beams))
        {
            running.Add(Extend(candidate, logits));
        }

        Running = running.Count > 0 && MayImprove(running[0]) ? running : [];
    }

    private IReadOnlyList<BeamCandidate> Candidates(int count) => _settings.IsGreedy
        ? _distributions.Best(Running, count)
        : _distributions.Drawn(Running, count, draw => _random.Uniform(((_generated - 1) * count) + draw));

    private bool Ends(BeamCandidate candidate) =>
        _generated == _most || _stopTokens.Contains(candidate.Id) || _endsAtStopString([.. Running[candidate.Row].Ids, candidate.Id]);

    private Beam Extend(BeamCandidate candidate, ReadOnlySpan<float> logits) =>
        Running[candidate.Row].With(_distributions.Report(candidate, logits), candidate.Sum, candidate.Row);

    /// <summary>Whether a running beam might still push a finished text out; for lengths that raise scores this is a guess, as in the reference.</summary>
    private bool MayImprove(Beam best)
    {
        if (!_finished.IsFull)
        {
            return true;
        }

        if (_settings.EarlyStopping == EarlyStopping.True)
        {
            return false;
        }

        var length = _settings is { EarlyStopping: EarlyStopping.Never, LengthPenalty: > 0 } ? _most : _generated;
        return BeamHypothesis.ScoreOf(best.Sum, length, _settings.LengthPenalty) > _finished.Worst;
    }
}
