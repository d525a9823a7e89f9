namespace Gptx.Analyses;

/// <summary>How drift is measured.</summary>
public sealed record DriftOptions
{
    private const int MostSample = 10_000;

    /// <summary>The most rows of a side that are looked at; of more, so many are drawn. Default 2,000: the test then takes seconds.</summary>
    public int Sample { get; init; } = 2000;

    /// <summary>Permutations of the test. Default 999: the smallest p is 0.001.</summary>
    public int Permutations { get; init; } = 999;

    /// <summary>Groups that the rows of both sides are put into, to say which grew or shrank. Default 8; 0 for none.</summary>
    public int Groups { get; init; } = 8;

    /// <summary>How many texts stand for a group. Default 3.</summary>
    public int Representatives { get; init; } = 3;

    /// <summary>Whether vectors are scaled to length 1 first, so that only their directions count. Default false: as they are.</summary>
    public bool Normalize { get; init; }

    /// <summary>The seed of the sample, the permutations and the groups. Default 42: the same rows give the same result.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Processor cores to use, 0 for all of them. Default 0. The answer does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>.</exception>
    public void Validate()
    {
        OptionRange.Check("sample", Sample, Sample is >= 2 and <= MostSample, $"from 2 to {MostSample}");
        OptionRange.Check("permutations", Permutations, Permutations is >= 1 and <= 1_000_000, "from 1 to 1000000");
        OptionRange.Check("groups", Groups, Groups is >= 0 and <= 1000, "from 0 to 1000");
        OptionRange.Check("representatives", Representatives, Representatives >= 0, "at least 0");
        OptionRange.Check("threads", Threads, Threads is >= 0 and <= 1024, "from 0 to 1024");
    }
}
