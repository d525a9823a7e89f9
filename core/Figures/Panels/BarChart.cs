namespace Gptx.Figures;

/// <summary>Labelled bars, one below the other, with their values written out.</summary>
/// <param name="Bars">The bars, from above.</param>
public sealed record BarChart(IReadOnlyList<LabelledBar> Bars) : Panel
{
    /// <summary>What the bars measure; null for none.</summary>
    public string? ValueTitle { get; init; }

    /// <summary>The length of the longest bar, in pixels.</summary>
    public double Width { get; init; } = 420;

    /// <summary>The value that a bar of full length has; null takes the largest.</summary>
    public double? Full { get; init; }
}

/// <summary>A bar with its label.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Value">How long it is; below zero it goes to the left.</param>
/// <param name="Shown">The value as it is written.</param>
/// <param name="Group">Which colour it has.</param>
public sealed record LabelledBar(string Label, double Value, string Shown, int Group = 0);
