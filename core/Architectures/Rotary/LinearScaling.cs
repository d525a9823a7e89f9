using Gptx.Graphs;

namespace Gptx.Architectures.Rotary;

/// <summary>Linear scaling (Chen et al. 2023): every position counts as position / factor.</summary>
internal static class LinearScaling
{
    /// <summary>The frequencies that a config describes.</summary>
    public static RotaryFrequencies Read(RotaryConfig rotary)
    {
        var factor = rotary.Section.GetSingle("factor");
        return new FixedFrequencies([.. rotary.Frequencies().Select(frequency => frequency / factor)]);
    }
}
