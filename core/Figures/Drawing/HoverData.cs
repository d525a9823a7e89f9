namespace Gptx.Figures.Drawing;

/// <summary>What the page tells a reader who points at something.</summary>
internal sealed class HoverData
{
    public List<HoverGrid> Grids { get; } = [];

    public List<HoverMark> Marks { get; } = [];

    public List<HoverCloud> Clouds { get; } = [];
}

/// <summary>Cells of a matrix: found by where the pointer is.</summary>
internal sealed record HoverGrid(Box Place, Heatmap Map);

/// <summary>A mark with its text.</summary>
internal sealed record HoverMark(Box Place, string Text);

/// <summary>A cloud that can be turned: its middle, its scale, and its points between -1 and 1.</summary>
internal sealed record HoverCloud(Box Place, double Scale, double Azimuth, double Elevation, IReadOnlyList<SpacePoint> Points, IReadOnlyList<string> Names);
