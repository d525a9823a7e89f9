namespace Gptx.Graphs;

/// <summary>
/// How fast the pairs of a rotary embedding turn: pair i of a token at position p is turned by p times frequency i, in radians, and then
/// multiplied by the magnitude.
/// </summary>
/// <param name="Pairs">Number of pairs, half the numbers that are turned.</param>
/// <param name="Magnitude">What cosines and sines are multiplied by: 1 but for yarn and longrope.</param>
public abstract record RotaryFrequencies(int Pairs, float Magnitude)
{
    /// <summary>The number of tokens past which keys made before are made anew; null where they stay.</summary>
    public virtual int? KeysHoldUpTo => null;
}

/// <summary>The same frequencies whatever the length of the text.</summary>
/// <param name="PerPair">Radians a position, one for each pair.</param>
/// <param name="Magnitude">What cosines and sines are multiplied by.</param>
public sealed record FixedFrequencies(IReadOnlyList<float> PerPair, float Magnitude = 1) : RotaryFrequencies(PerPair.Count, Magnitude);

/// <summary>Two sets of frequencies: one where the longest row of the batch is short, another where it is long (longrope).</summary>
/// <param name="Short">Radians a position up to <paramref name="Most"/> tokens.</param>
/// <param name="Long">Radians a position beyond.</param>
/// <param name="Most">The most tokens that are short.</param>
/// <param name="Magnitude">What cosines and sines are multiplied by.</param>
/// <param name="MakesKeysAnew">Whether a text that grows beyond has its keys made anew; else those made before stay.</param>
public sealed record TwofoldFrequencies(IReadOnlyList<float> Short, IReadOnlyList<float> Long, int Most, float Magnitude, bool MakesKeysAnew)
    : RotaryFrequencies(Short.Count, Magnitude)
{
    /// <inheritdoc/>
    public override int? KeysHoldUpTo => MakesKeysAnew ? Most : null;
}

/// <summary>
/// Frequencies base^(-2i/width) whose base grows with the longest row of the batch, n tokens, beyond the context c: base (factor n / c - factor + 1)^(width / (width - 2)).
/// </summary>
/// <param name="Base">The base up to the context.</param>
/// <param name="Factor">How fast it grows.</param>
/// <param name="Context">The tokens up to which nothing changes.</param>
/// <param name="Width">The numbers of a head that are turned.</param>
public sealed record StretchedFrequencies(float Base, float Factor, int Context, int Width) : RotaryFrequencies(Width / 2, 1);

/// <summary>A rotary position embedding (Su et al. 2021): pairs of numbers of each head are turned by an angle that grows with the position.</summary>
/// <param name="Frequencies">How fast each pair turns.</param>
/// <param name="Interleaved">Whether pairs are neighbours (0 and 1, 2 and 3), as in GPT-J; else number i goes with number i + Pairs.</param>
public sealed record RotaryEmbedding(RotaryFrequencies Frequencies, bool Interleaved = false);
