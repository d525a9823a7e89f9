namespace Gptx.Figures;

/// <summary>A figure: one or several panels with a title above and a caption below. It holds data and no pixels; <see cref="FigureWriter"/> writes it.</summary>
/// <param name="Title">What it shows, one line.</param>
/// <param name="Panels">Its panels, row by row.</param>
public sealed record Figure(string Title, IReadOnlyList<Panel> Panels)
{
    /// <summary>What a reader must know to read it; wrapped below the panels. Null for none.</summary>
    public string? Caption { get; init; }

    /// <summary>How many panels stand side by side. Default 1: below each other.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>A figure of one panel.</summary>
    public static Figure Of(string title, Panel panel, string? caption = null) => new(title, [panel]) { Caption = caption };
}

/// <summary>A part of a figure that is drawn by itself.</summary>
public abstract record Panel
{
    /// <summary>A line above it; null for none.</summary>
    public string? Title { get; init; }
}
