namespace Gptx.Architectures.Rotary;

/// <summary>What an architecture takes where its config does not say.</summary>
/// <param name="Base">The base of the frequencies.</param>
/// <param name="Share">The share of each head that is turned.</param>
internal sealed record RotaryDefaults(float Base = 10000, double Share = 1);
