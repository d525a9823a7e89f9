namespace Gptx.Figures;

/// <summary>How values are laid along an axis.</summary>
public enum AxisScale
{
    /// <summary>Equal steps are equally long.</summary>
    Linear,

    /// <summary>Equal factors are equally long; values must be above 0.</summary>
    Logarithmic,
}

/// <summary>An axis of a plot.</summary>
/// <param name="Label">What it measures; null for none.</param>
public sealed record Axis(string? Label = null)
{
    /// <summary>How values are laid along it.</summary>
    public AxisScale Scale { get; init; }

    /// <summary>Where it begins; null takes the smallest value.</summary>
    public double? Min { get; init; }

    /// <summary>Where it ends; null takes the largest value.</summary>
    public double? Max { get; init; }

    /// <summary>Whether it has no ticks, as where coordinates have no unit.</summary>
    public bool HasNoTicks { get; init; }
}
