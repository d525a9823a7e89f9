namespace Gptx.Generation.Beams;

/// <summary>
/// Beam search over one prompt, as transformers 5 does it (its <c>_beam_search</c>): of all running beams with every next token the best
/// <c>max(2, 1 + stop tokens)</c> times as many as beams are looked at. Those among the first <c>beams</c> of them that end are finished texts; the best that do not end run on.
/// Rows that would only repeat a text, with which transformers fills up what a tiny vocabulary leaves open, do not exist here.
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
    private int _generated;

    /// <summary>Begins a search.</summary>
    /// <param name="prompt">The prompt's ids.</param>
    /// <param name="settings">Beams, length penalty, early stopping, stop tokens and the processors.</param>
    /// <param name="most">The most tokens a text may have.</param>
    /// <param name="endsAtStopString">Whether a text of these ids, prompt included, has a stop string.</param>
    public BeamSearch(IReadOnlyList<int> prompt, SamplingSettings settings, int most, Func<int[], bool> endsAtStopString)
    {
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
        var candidates = _distributions.Best(Running, Math.Max(2, 1 + _stopTokens.Count) * _settings.Beams);
        if (candidates.Count == 0 && Finished.Count == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "NoTokenLeft",
                $"no token can follow: all are forbidden after {SamplingChain.Create(_settings).Describe()}");
        }

        var next = new List<Beam>();
        foreach (var (place, candidate) in candidates.Index())
        {
            var ends = Ends(candidate);
            if (ends && place < _settings.Beams)
            {
                var beam = Extend(candidate, logits);
                _finished.Add(new BeamHypothesis(beam, BeamHypothesis.ScoreOf(beam.Sum, _generated, _settings.LengthPenalty)));
            }
            else if (!ends && next.Count < _settings.Beams)
            {
                next.Add(Extend(candidate, logits));
            }
        }

        Running = next.Count > 0 && MayImprove(next[0]) ? next : [];
    }

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
