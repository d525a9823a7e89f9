namespace Gptx.Fuzzing;

/// <summary>Something that reads files from strangers. One target a file; <see cref="Program"/> lists them.</summary>
public interface IFuzzTarget
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>The most bytes that a case may allocate: a multiple of the input and something beside.</summary>
    MemoryAllowance Memory { get; }

    /// <summary>Reads one mutated input and works with it. Only a <see cref="GptxException"/> may come out.</summary>
    /// <param name="random">All that is left to chance, so that a number and a seed make the case again.</param>
    /// <returns>The input, for a report.</returns>
    FuzzCase Next(Random random);
}

/// <summary>A mutated input and what is done with it.</summary>
/// <param name="Input">The bytes.</param>
/// <param name="Run">Reads them and works with what was read.</param>
public sealed record FuzzCase(byte[] Input, Action Run);

/// <summary>How much a case may allocate.</summary>
/// <param name="Times">So many times the bytes of the input,</param>
/// <param name="Beside">and so many beside.</param>
public sealed record MemoryAllowance(int Times, long Beside)
{
    /// <summary>The most bytes for an input.</summary>
    public long For(long input) => (Times * input) + Beside;
}
