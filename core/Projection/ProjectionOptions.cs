namespace Gptx.Projection;

/// <summary>How many dimensions become two or three.</summary>
public enum ProjectionMethod
{
    /// <summary>Principal components: straight shadows; the only one in which distances mean what they say.</summary>
    Pca,

    /// <summary>t-SNE: keeps what is near near.</summary>
    Tsne,

    /// <summary>UMAP: keeps what is near near, and more of where groups lie.</summary>
    Umap,
}

/// <summary>A projection by any method. What is null has the method's default, and for few points a fitting one.</summary>
public sealed record ProjectionOptions
{
    /// <summary>The method. Default principal components.</summary>
    public ProjectionMethod Method { get; init; }

    /// <summary>Dimensions: 2 (default) or 3.</summary>
    public int Dimensions { get; init; } = 2;

    /// <summary>What near means, in t-SNE and UMAP and where the layout is measured. Default Euclidean.</summary>
    public ProjectionMetric Metric { get; init; }

    /// <summary>t-SNE's perplexity. Default 30, or a third of the points if that is less.</summary>
    public double? Perplexity { get; init; }

    /// <summary>UMAP's neighbourhood, the point itself among it. Default 15, or all points if they are fewer.</summary>
    public int? Neighbors { get; init; }

    /// <summary>UMAP's least distance. Default 0.1.</summary>
    public double? MinDistance { get; init; }

    /// <summary>UMAP's spread. Default 1.</summary>
    public double? Spread { get; init; }

    /// <summary>t-SNE's degrees of freedom. Default 1.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>Rounds. Default: 250 and 750 for t-SNE, 1000 for UMAP (400 above 10,000 points).</summary>
    public int? Iterations { get; init; }

    /// <summary>Whether principal components are scaled to variance 1.</summary>
    public bool Whiten { get; init; }

    /// <summary>The seed of t-SNE and UMAP. Default 42.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Threads; 0 (default) is one a processor. The result has the same bits at any number.</summary>
    public int Threads { get; init; }

    internal TSneOptions ForTSne(int points) => new()
    {
        Dimensions = Dimensions,
        Metric = Metric,
        Perplexity = Perplexity ?? Math.Min(30, Math.Max(1.5, (points - 1) / 3.0)),
        DegreesOfFreedom = DegreesOfFreedom ?? 1,
        Iterations = Iterations ?? new TSneOptions().Iterations,
        Seed = Seed,
        Threads = Threads,
    };

    internal UmapOptions ForUmap(int points) => new()
    {
        Dimensions = Dimensions,
        Metric = Metric,
        Neighbors = Neighbors ?? Math.Min(15, points),
        MinDistance = MinDistance ?? new UmapOptions().MinDistance,
        Spread = Spread ?? 1,
        Epochs = Iterations,
        Seed = Seed,
        Threads = Threads,
    };
}
