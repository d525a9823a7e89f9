using Gptx.Graphs;

namespace Gptx.Architectures.Rotary;

/// <summary>Dynamic NTK scaling: past the context the base grows with the length of the text; up to it nothing changes.</summary>
internal static class DynamicScaling
{
    /// <summary>The frequencies that a config describes.</summary>
    /// <exception cref="GptxException"><c>OptionNotSupported</c>: heads of two numbers, for which the growth is not defined.</exception>
    public static RotaryFrequencies Read(RotaryConfig rotary) => rotary.Width > 2
        ? new StretchedFrequencies(rotary.Base, rotary.Section.GetSingle("factor"), rotary.Context, rotary.Width)
        : throw ConfigCheck.NotSupported(rotary.Config, "rope_type 'dynamic' is not supported for a rotary embedding of 2 numbers");
}
