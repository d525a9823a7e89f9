namespace Gptx.Projection;

/// <summary>
/// How UMAP is computed. Defaults are those of umap-learn but for twice the rounds and half the step: points move at the same time, not one after another, and
/// so stay as faithful as there.
/// </summary>
public sealed record UmapOptions
{
    /// <summary>Dimensions of the layout: 2 (default) or 3.</summary>
    public int Dimensions { get; init; } = 2;

    /// <summary>How many points a neighbourhood has, the point itself among them. Default 15; fewer show detail, more the whole.</summary>
    public int Neighbors { get; init; } = 15;

    /// <summary>How close points may lie in the layout. Default 0.1.</summary>
    public double MinDistance { get; init; } = 0.1;

    /// <summary>The scale of the layout. Default 1.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>What near means among the points. Default Euclidean.</summary>
    public ProjectionMetric Metric { get; init; }

    /// <summary>Rounds. Default null: 1000 up to 10,000 points, 400 above.</summary>
    public int? Epochs { get; init; }

    /// <summary>The first step; it falls to 0. Default 0.5.</summary>
    public double LearningRate { get; init; } = 0.5;

    /// <summary>Points that push a point away each time that a neighbour pulls. Default 5.</summary>
    public int NegativeSamples { get; init; } = 5;

    /// <summary>The start is the graph's eigenvectors (default) or, if true, random numbers of <see cref="Seed"/>.</summary>
    public bool RandomStart { get; init; }

    /// <summary>The seed. Default 42.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Threads; 0 (default) is one a processor. The layout has the same bits at any number.</summary>
    public int Threads { get; init; }

    internal int EpochsFor(int points) => Epochs ?? (points <= 10_000 ? 1000 : 400);

    internal void Check(int points)
    {
        ProjectionError.CheckDimensions(Dimensions);
        ProjectionError.CheckRange("neighbors", Neighbors, Neighbors >= 2 && Neighbors <= points, $"from 2 to the number of points, {points}");
        ProjectionError.CheckRange("spread", Spread, Spread is > 0 and <= 1e6, "above 0 and at most 1000000");
        ProjectionError.CheckRange("min dist", MinDistance, MinDistance >= 0 && MinDistance <= Spread, $"from 0 to the spread, {Spread}");
        ProjectionError.CheckRange("epochs", Epochs ?? 1, Epochs is null or (>= 0 and <= 1_000_000), "from 0 to 1000000");
        ProjectionError.CheckRange("learning rate", LearningRate, LearningRate is > 0 and <= 100, "above 0 and at most 100");
        ProjectionError.CheckRange("negative samples", NegativeSamples, NegativeSamples is >= 0 and <= 1000, "from 0 to 1000");
        ProjectionError.CheckRange("threads", Threads, Threads is >= 0 and <= 1024, "from 0 to 1024");
    }
}
