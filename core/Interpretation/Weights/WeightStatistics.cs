namespace Gptx.Interpretation;

/// <summary>The numbers of one matrix, or of all matrices of a block together.</summary>
/// <param name="Name">The tensor's name in the checkpoint; of a block <c>block 0</c>.</param>
/// <param name="Block">Its block, from 0; null for embeddings and the unembedding.</param>
/// <param name="Shape">Its shape as stored; null for a block.</param>
/// <param name="Count">How many numbers.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">sqrt(m2), m2 the mean square of distances from the mean.</param>
/// <param name="Skewness">m3 / m2^1.5; null where all numbers are one.</param>
/// <param name="ExcessKurtosis">m4 / m2² - 3, 0 of a normal distribution; null where all numbers are one.</param>
/// <param name="Histogram">How many lie in each of equal bins from <paramref name="Min"/> to <paramref name="Max"/>; each is open above but the last.</param>
/// <param name="Model">The model's name.</param>
public sealed record WeightStatistics(
    string Name,
    int? Block,
    IReadOnlyList<long>? Shape,
    long Count,
    double Min,
    double Max,
    double Mean,
    double StandardDeviation,
    double? Skewness,
    double? ExcessKurtosis,
    IReadOnlyList<long> Histogram,
    string Model)
{
    /// <summary>The matrix, or the block.</summary>
    public override string ToString() => Name;
}

/// <summary>A matrix of weights as it is stored, or its moving average: what makes its structure visible (Wolfram 2023).</summary>
/// <param name="Name">The tensor's name in the checkpoint.</param>
/// <param name="Block">Its block, from 0; null for embeddings and the unembedding.</param>
/// <param name="Rows">Rows of the matrix.</param>
/// <param name="Columns">Columns of the matrix.</param>
/// <param name="Window">The width and height of the window that is averaged; 1 is the matrix itself.</param>
/// <param name="Stride">How far the window moves; a rest at the edges is dropped.</param>
/// <param name="Values">The averages, row by row.</param>
/// <param name="Model">The model's name.</param>
public sealed record WeightMatrix(string Name, int? Block, int Rows, int Columns, int Window, int Stride, float[][] Values, string Model)
{
    /// <summary>The matrix, and its shape.</summary>
    public override string ToString() => $"{Name} [{Rows}, {Columns}]";
}
