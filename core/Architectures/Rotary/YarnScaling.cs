using Gptx.Graphs;

namespace Gptx.Architectures.Rotary;

/// <summary>
/// YaRN (Peng et al. 2023): pairs that turn often within the original context stay, those that turn seldom are slowed by the factor, with a ramp
/// between; attention is sharpened by a magnitude.
/// </summary>
internal static class YarnScaling
{
    /// <summary>The frequencies that a config describes.</summary>
    public static RotaryFrequencies Read(RotaryConfig rotary)
    {
        var section = rotary.Section;
        var original = rotary.OriginalContext;
        var factor = section.FindDouble("factor") ?? (double)rotary.Context / original;
        var isTruncated = section.FindBoolean("truncate") ?? true;
        var first = PairThatTurns(Or(section.FindDouble("beta_fast"), 32));
        var last = PairThatTurns(Or(section.FindDouble("beta_slow"), 1));
        var low = Math.Max(isTruncated ? Math.Floor(first) : first, 0);
        var high = Math.Min(isTruncated ? Math.Ceiling(last) : last, rotary.Width - 1);
        var length = (float)(low == high ? 0.001 : high - low);
        return new FixedFrequencies([.. rotary.Exponents().Select(Scaled)], (float)Magnitude(rotary, factor));

        float Scaled(float exponent, int pair)
        {
            var slowed = Math.Clamp((pair - (float)low) / length, 0, 1);
            var power = RotaryConfig.Power(rotary.Base, exponent);
            return (1 / ((float)factor * power) * slowed) + (1 / power * (1 - slowed));
        }

        // The pair, counted with fractions, that turns so many times within the original context.
        double PairThatTurns(double times) => rotary.Width * Math.Log(original / (times * 2 * Math.PI)) / (2 * Math.Log(rotary.Base));
    }

    private static double Magnitude(RotaryConfig rotary, double factor)
    {
        var (mscale, mscaleAll) = (rotary.Section.FindDouble("mscale") ?? 0, rotary.Section.FindDouble("mscale_all_dim") ?? 0);
        return rotary.Section.FindDouble("attention_factor")
            ?? (mscale != 0 && mscaleAll != 0 ? Of(mscale) / Of(mscaleAll) : Of(1));

        double Of(double scale) => factor <= 1 ? 1 : (0.1 * scale * Math.Log(factor)) + 1;
    }

    private static double Or(double? value, double fallback) => value is null or 0 ? fallback : value.Value;
}
