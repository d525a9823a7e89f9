namespace Gptx.Generation.Beams;

/// <summary>The best finished texts of a prompt, at most as many as there are beams; among equal scores the one that was finished first.</summary>
internal sealed class BeamHypotheses(int most)
{
    private readonly List<BeamHypothesis> _best = [];

    /// <summary>Best first.</summary>
    public IReadOnlyList<BeamHypothesis> Best => _best;

    /// <summary>Whether there are as many as beams.</summary>
    public bool IsFull => _best.Count == most;

    /// <summary>The worst score that is kept.</summary>
    public double Worst => _best[^1].Score;

    /// <summary>Keeps a text if it is among the best.</summary>
    public void Add(BeamHypothesis hypothesis)
    {
        var place = _best.FindIndex(other => other.Score < hypothesis.Score);
        _best.Insert(place < 0 ? _best.Count : place, hypothesis);
        if (_best.Count > most)
        {
            _best.RemoveAt(most);
        }
    }
}
