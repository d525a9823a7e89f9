using Gptx.Projection;

namespace Gptx.Grouping;

/// <summary>How vectors are grouped.</summary>
public sealed record GroupingOptions
{
    /// <summary>How many groups; null tries 2 to <see cref="MostGroups"/> and takes the number of largest mean silhouette. Default null.</summary>
    public int? Groups { get; init; }

    /// <summary>The most groups that are tried where the number is not given. Default 10.</summary>
    public int MostGroups { get; init; } = 10;

    /// <summary>What near means. Default cosine: the length of an embedding says how common a word is rather than what it means.</summary>
    public ProjectionMetric Metric { get; init; } = ProjectionMetric.Cosine;

    /// <summary>How many texts stand for a group. Default 5.</summary>
    public int Representatives { get; init; } = 5;

    /// <summary>Beginnings that are tried; the best is kept. Default 10.</summary>
    public int Starts { get; init; } = 10;

    /// <summary>The most rounds of each. Default 300.</summary>
    public int Iterations { get; init; } = 300;

    /// <summary>The seed of the beginnings. Default 42.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Whether the mean silhouette is measured where the number of groups is given; it compares all with all. Default true.</summary>
    public bool Silhouette { get; init; } = true;

    /// <summary>Threads; 0 (default) is one a processor. The groups are the same at any number.</summary>
    public int Threads { get; init; }

    internal void Check(int points)
    {
        Range("groups", Groups ?? 1, 1, points, $"from 1 to the number of vectors, {points}");
        Range("most groups", MostGroups, 2, 10_000, "from 2 to 10000");
        Range("representatives", Representatives, 0, int.MaxValue, "at least 0");
        Range("starts", Starts, 1, 1000, "from 1 to 1000");
        Range("iterations", Iterations, 1, 1_000_000, "from 1 to 1000000");
        Range("threads", Threads, 0, 1024, "from 0 to 1024");
    }

    private static void Range(string name, int value, int least, int most, string allowed)
    {
        if (value < least || value > most)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"{name} {value} is not allowed: it must be {allowed}");
        }
    }
}
