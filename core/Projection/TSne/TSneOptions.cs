namespace Gptx.Projection;

/// <summary>How t-SNE is computed. Defaults are those of scikit-learn and openTSNE, with whose results ours were compared, but for early exaggeration.</summary>
public sealed record TSneOptions
{
    /// <summary>Dimensions of the layout: 2 (default) or 3.</summary>
    public int Dimensions { get; init; } = 2;

    /// <summary>The number of neighbours that a point is laid out with, in effect. Default 30; above 1 and below the number of points.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>What near means among the points. Default Euclidean.</summary>
    public ProjectionMetric Metric { get; init; }

    /// <summary>
    /// What similarities are multiplied with at first, so that groups find together. Default 4, as van der Maaten and Hinton (2008) had it: from the first principal
    /// components it reached a lower KL divergence and a higher trustworthiness on each data set than scikit-learn's and openTSNE's 12.
    /// </summary>
    public double EarlyExaggeration { get; init; } = 4;

    /// <summary>Rounds with early exaggeration. Default 250.</summary>
    public int EarlyIterations { get; init; } = 250;

    /// <summary>Rounds after it. Default 750, with which the KL divergence is where scikit-learn's is after 1,000 in all, or below.</summary>
    public int Iterations { get; init; } = 750;

    /// <summary>The step, in the units of a gradient with its factor 4. Default null: automatic, n / 4 over the exaggeration, at least 50 (Belkina et al. 2019).</summary>
    public double? LearningRate { get; init; }

    /// <summary>Degrees of freedom of the t distribution in the layout. Default 1, in three dimensions too; smaller ones pull groups apart.</summary>
    public double DegreesOfFreedom { get; init; } = 1;

    /// <summary>
    /// How coarse the forces between far points may be when there are more than <see cref="ExactForces"/>: cells whose width is below this times their
    /// distance count as one point (Barnes and Hut 1986). Default 0.5; 0 computes every pair.
    /// </summary>
    public double Angle { get; init; } = 0.5;

    /// <summary>Up to this many points all forces are computed, pair by pair. Default 6000: below it that is faster than a tree, and exact.</summary>
    public int ExactForces { get; init; } = 6000;

    /// <summary>The start is the first principal components (default) or, if true, small random numbers of <see cref="Seed"/>.</summary>
    public bool RandomStart { get; init; }

    /// <summary>The seed of a random start and of the little noise that parts equal points. Default 42.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Threads; 0 (default) is one a processor. The layout has the same bits at any number.</summary>
    public int Threads { get; init; }

    internal void Check(int points)
    {
        ProjectionError.CheckDimensions(Dimensions);
        ProjectionError.CheckRange("perplexity", Perplexity, Perplexity > 1 && Perplexity < points, $"above 1 and below the number of points, {points}");
        ProjectionError.CheckRange("early exaggeration", EarlyExaggeration, EarlyExaggeration is >= 1 and <= 1e6, "from 1 to 1000000");
        ProjectionError.CheckRange("early iterations", EarlyIterations, EarlyIterations is >= 0 and <= 1_000_000, "from 0 to 1000000");
        ProjectionError.CheckRange("iterations", Iterations, Iterations is >= 0 and <= 1_000_000, "from 0 to 1000000");
        ProjectionError.CheckRange("learning rate", LearningRate ?? 1, LearningRate is null or > 0 and <= 1e9, "above 0 and at most 1000000000");
        ProjectionError.CheckRange("degrees of freedom", DegreesOfFreedom, DegreesOfFreedom is >= 0.1 and <= 1000, "from 0.1 to 1000");
        ProjectionError.CheckRange("angle", Angle, Angle is >= 0 and < 1, "from 0 to below 1");
        ProjectionError.CheckRange("threads", Threads, Threads is >= 0 and <= 1024, "from 0 to 1024");
    }
}
