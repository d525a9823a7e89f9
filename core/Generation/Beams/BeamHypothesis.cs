namespace Gptx.Generation.Beams;

/// <summary>A finished text of beam search.</summary>
/// <param name="Beam">Its tokens, with the one that ended it.</param>
/// <param name="Score">The sum of log-probabilities divided by length ** length penalty; higher is better.</param>
internal sealed record BeamHypothesis(Beam Beam, double Score)
{
    /// <summary>What the score of a text of so many tokens is: the one formula for finished and running texts.</summary>
    public static double ScoreOf(double sum, int tokens, double lengthPenalty) => sum / Math.Pow(tokens, lengthPenalty);
}
