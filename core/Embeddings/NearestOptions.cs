namespace Gptx.Embeddings;

/// <summary>What to look for, and where.</summary>
public sealed record NearestOptions
{
    /// <summary>How many neighbours, at least 1; a table with fewer rows gives them all. Default 10: what fits into one look.</summary>
    public int Top { get; init; } = 10;

    /// <summary>What near means. Default cosine: the length of an embedding says how common a word is rather than what it means.</summary>
    public VectorMetric Metric { get; init; } = VectorMetric.Cosine;

    /// <summary>Rows that are left out. Default none.</summary>
    public IReadOnlySet<int>? Exclude { get; init; }

    /// <summary>The only rows to look at; a row named twice counts once. Default null: all.</summary>
    public IReadOnlyCollection<int>? Among { get; init; }

    /// <summary>True leaves row i out of the neighbours of query i, for queries that are the table's own rows. Default false: queries need not be.</summary>
    public bool ExcludeOwnRow { get; init; }

    /// <summary>Processor cores to use, 0 for all of them. Default 0. The answer does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="GptxException">InvalidArgument, <c>OptionOutOfRange</c>.</exception>
    public void Validate()
    {
        if (Top < 1)
        {
            throw VectorChecks.Refuse("OptionOutOfRange", $"top {Top} is not allowed: it must be at least 1");
        }

        if (Threads < 0)
        {
            throw VectorChecks.Refuse("OptionOutOfRange", $"threads {Threads} is not allowed: it must be at least 0");
        }

        if (!Enum.IsDefined(Metric))
        {
            throw VectorChecks.Refuse("OptionOutOfRange", $"metric {Metric} is not allowed: it must be cosine, dot or euclidean");
        }
    }
}
