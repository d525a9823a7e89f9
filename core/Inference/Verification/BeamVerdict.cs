namespace Gptx.Inference.Verification;

/// <summary>How one beam compares with its reference.</summary>
/// <param name="Rank">Which beam, from 0, the best.</param>
/// <param name="Expected">The reference's ids, without the prompt.</param>
/// <param name="Actual">The model's ids, without the prompt.</param>
/// <param name="ExpectedScore">The reference's score: the sum of log-probabilities divided by length ** length penalty.</param>
/// <param name="ActualScore">The model's score.</param>
/// <param name="Passed">Whether the ids are equal and the scores as near as 1e-4 of the largest, or of 1.</param>
public sealed record BeamVerdict(int Rank, IReadOnlyList<int> Expected, IReadOnlyList<int> Actual, double ExpectedScore, double ActualScore, bool Passed);
