using Gptx.Graphs;

namespace Gptx.Architectures.Rotary;

/// <summary>LongRoPE (Ding et al. 2024): every pair has a factor of its own, one for texts within the original context and one for longer ones.</summary>
internal static class LongRopeScaling
{
    /// <summary>The frequencies that a config describes.</summary>
    public static RotaryFrequencies Read(RotaryConfig rotary)
    {
        var original = rotary.OriginalContext;
        var factor = rotary.Section.FindDouble("factor") ?? (double)rotary.Context / original;
        var magnitude = rotary.Section.FindDouble("attention_factor")
            ?? (factor <= 1 ? 1 : Math.Sqrt(1 + (Math.Log(factor) / Math.Log(original))));
        return new TwofoldFrequencies(Scaled(rotary, "short_factor"), Scaled(rotary, "long_factor"), original, (float)magnitude, rotary.MakesKeysAnew);
    }

    private static float[] Scaled(RotaryConfig rotary, string key)
    {
        var factors = rotary.Section.FindDoubles(key) ?? [];
        return factors.Count == rotary.Width / 2
            ? [.. rotary.Exponents().Zip(factors, (exponent, factor) => 1 / ((float)factor * RotaryConfig.Power(rotary.Base, exponent)))]
            : throw rotary.Section.Invalid(key, $"a list of {rotary.Width / 2} numbers, one for each pair");
    }
}
