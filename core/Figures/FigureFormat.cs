namespace Gptx.Figures;

/// <summary>The files that a figure can be.</summary>
public enum FigureFormat
{
    /// <summary>A drawing that any browser and most editors show; follows light and dark.</summary>
    Svg,

    /// <summary>One page with the drawing and a script, for values at the pointer, zoom and turning; loads nothing.</summary>
    Html,

    /// <summary>The cells of matrices alone, in pixels.</summary>
    Png,
}
