using Gptx.Embeddings;

namespace Gptx.Analyses;

/// <summary>What is looked for.</summary>
public sealed record SearchOptions
{
    /// <summary>How many rows a query is given. Default 10: what fits into one look.</summary>
    public int Top { get; init; } = 10;

    /// <summary>What near means. Default cosine: the length of an embedding says little about what a text means.</summary>
    public VectorMetric Metric { get; init; } = VectorMetric.Cosine;

    /// <summary>Processor cores to use, 0 for all of them. Default 0. The answer does not depend on it.</summary>
    public int Threads { get; init; }
}
