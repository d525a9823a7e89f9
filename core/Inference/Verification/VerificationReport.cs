namespace Gptx.Inference.Verification;

/// <summary>How one tensor of a model compares with its reference.</summary>
/// <param name="Tensor">The reference tensor's name, for example <c>plain.hidden_states.1</c>.</param>
/// <param name="MaxAbsoluteError">The largest difference.</param>
/// <param name="MaxRelativeError">The largest difference as a share of the reference tensor's largest value.</param>
/// <param name="Passed">Whether the relative error is within the tolerance.</param>
/// <param name="Note">Why it was not compared, or what else a reader should know; null if nothing.</param>
public sealed record TensorVerdict(string Tensor, double MaxAbsoluteError, double MaxRelativeError, bool Passed, string? Note = null)
{
    /// <summary>Whether it was compared at all.</summary>
    public bool Compared => !double.IsNaN(MaxRelativeError);
}

/// <summary>How one greedy continuation compares with its reference.</summary>
/// <param name="Row">Which prompt.</param>
/// <param name="Expected">The reference's ids, prompt included.</param>
/// <param name="Actual">The model's ids, prompt included.</param>
/// <param name="SmallestGap">The smallest distance between the two highest logits on the reference's way.</param>
/// <param name="Compared">False where that gap is below 1e-3: there rounding may turn a step.</param>
public sealed record GreedyVerdict(int Row, IReadOnlyList<int> Expected, IReadOnlyList<int> Actual, double SmallestGap, bool Compared)
{
    /// <summary>Whether the ids are equal, or were not to be compared.</summary>
    public bool Passed => !Compared || Expected.SequenceEqual(Actual);
}

/// <summary>What came of comparing a model with the reference values beside it.</summary>
/// <param name="Model">The model's folder.</param>
/// <param name="Tolerance">The largest relative error allowed.</param>
/// <param name="Tensors">A row for each reference tensor.</param>
/// <param name="Greedy">A row for each greedy continuation.</param>
public sealed record VerificationReport(string Model, double Tolerance, IReadOnlyList<TensorVerdict> Tensors, IReadOnlyList<GreedyVerdict> Greedy)
{
    /// <summary>A row for each beam of the reference's beam search.</summary>
    public IReadOnlyList<BeamVerdict> Beams { get; init; } = [];

    /// <summary>Whether everything that was compared agrees, and something was.</summary>
    public bool Passed =>
        Tensors.Any(row => row.Compared) && Tensors.All(row => row.Passed || !row.Compared) && Greedy.All(row => row.Passed) && Beams.All(row => row.Passed);

    /// <summary>The model and the verdict.</summary>
    public override string ToString() => $"{Model}: {(Passed ? "passed" : "failed")}";
}
