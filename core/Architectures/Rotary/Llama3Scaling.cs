using Gptx.Graphs;

namespace Gptx.Architectures.Rotary;

/// <summary>Llama 3.1's scaling: slow pairs are slowed further by a factor, fast ones stay, those between are interpolated.</summary>
internal static class Llama3Scaling
{
    /// <summary>The frequencies that a config describes.</summary>
    public static RotaryFrequencies Read(RotaryConfig rotary)
    {
        var factor = rotary.Section.GetSingle("factor");
        var low = rotary.Section.GetSingle("low_freq_factor");
        var high = rotary.Section.GetSingle("high_freq_factor");
        float context = rotary.OriginalContext;
        return new FixedFrequencies([.. rotary.Frequencies().Select(Scaled)]);

        float Scaled(float frequency)
        {
            var wavelength = 2 * MathF.PI / frequency;
            if (wavelength > context / low)
            {
                return frequency / factor;
            }

            var smooth = ((context / wavelength) - low) / (high - low);
            return wavelength < context / high ? frequency : ((1 - smooth) * frequency / factor) + (smooth * frequency);
        }
    }
}
