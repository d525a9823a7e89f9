namespace Gptx.Analyses;

/// <summary>What counts as a duplicate.</summary>
public sealed record DuplicateOptions
{
    /// <summary>Rows whose vectors have at least this cosine are duplicates. Default 0.95: with sentence encoders about where two texts say the same in other words.</summary>
    public double Threshold { get; init; } = 0.95;

    /// <summary>The most bytes that rows take in memory, before they go into a temporary file. Default 1 GiB.</summary>
    public long MaxMemory { get; init; } = VectorRows.UsualMemory;

    /// <summary>Processor cores to use, 0 for all of them. Default 0. The answer does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>.</exception>
    public void Validate()
    {
        OptionRange.Check("threshold", Threshold, Threshold is > 0 and <= 1, "above 0, and at most 1");
        OptionRange.Check("threads", Threads, Threads is >= 0 and <= 1024, "from 0 to 1024");
        OptionRange.CheckMemory(MaxMemory);
    }
}
