namespace Gptx.Architectures.Rotary;

/// <summary>What an architecture takes where its config does not say, and what no config says.</summary>
/// <param name="Base">The base of the frequencies.</param>
/// <param name="Share">The share of each head that is turned.</param>
/// <param name="MakesKeysAnew">Whether keys are made anew where a text grows beyond the original context of LongRoPE: of the architectures only Phi-3 does.</param>
internal sealed record RotaryDefaults(float Base = 10000, double Share = 1, bool MakesKeysAnew = false);
