using Gptx.Graphs.Lowering;

namespace Gptx.Inference;

/// <summary>What a session gives and takes: two runs of one form share a session.</summary>
/// <param name="Outputs">The activations that it hands out.</param>
/// <param name="Cache">How it keeps earlier keys and values.</param>
internal sealed record SessionForm(IReadOnlyList<string> Outputs, CacheForm Cache)
{
    /// <summary>The activations into which something is put.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>The activation that is fed in place of being computed.</summary>
    public string? Fed { get; init; }

    /// <summary>The form as a text.</summary>
    public string Key => $"{Cache}|{string.Join('|', Outputs)}|{string.Join('|', Changed)}|{Fed}";
}
