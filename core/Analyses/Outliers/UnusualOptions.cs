using Gptx.Embeddings;

namespace Gptx.Analyses;

/// <summary>How unusual texts are found.</summary>
public sealed record UnusualOptions
{
    /// <summary>How many are wanted. Default 10.</summary>
    public int Top { get; init; } = 10;

    /// <summary>By distance: from how many nearest others. Default 10; fewer where there are fewer rows.</summary>
    public int Neighbours { get; init; } = 10;

    /// <summary>By distance: cosine (1 - cos, the default) or Euclidean.</summary>
    public VectorMetric Metric { get; init; } = VectorMetric.Cosine;

    /// <summary>The most bytes that rows take in memory, before they go into a temporary file. Default 1 GiB.</summary>
    public long MaxMemory { get; init; } = VectorRows.UsualMemory;

    /// <summary>Processor cores to use, 0 for all of them. Default 0. The answer does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>.</exception>
    public void Validate()
    {
        OptionRange.Check("top", Top, Top >= 1, "at least 1");
        OptionRange.Check("neighbours", Neighbours, Neighbours is >= 1 and <= 1000, "from 1 to 1000");
        OptionRange.Check("threads", Threads, Threads is >= 0 and <= 1024, "from 0 to 1024");
        OptionRange.CheckMemory(MaxMemory);
        if (Metric == VectorMetric.Dot)
        {
            throw VectorChecks.Refuse("OptionOutOfRange", "metric dot is not allowed: a dot product is no distance; it must be cosine or euclidean");
        }
    }
}
