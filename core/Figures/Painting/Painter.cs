using Gptx.Figures.Drawing;

namespace Gptx.Figures.Painting;

/// <summary>Draws one panel: first it says how large it will be, then it is given a place.</summary>
internal abstract class Painter
{
    /// <summary>Size of ordinary text.</summary>
    protected const double TextSize = 12;

    /// <summary>Size of the text at ticks.</summary>
    protected const double SmallSize = 10;

    /// <summary>The colours of values that it uses; null for none.</summary>
    public virtual ColourScale? Scale => null;

    /// <summary>The painter of a panel.</summary>
    public static Painter Of(Panel panel) => panel switch
    {
        Heatmap heatmap => new HeatmapPainter(heatmap),
        Plot plot => new PlotPainter(plot),
        BarChart bars => new BarChartPainter(bars),
        ColouredText text => new ColouredTextPainter(text),
        PointCloud cloud => new PointCloudPainter(cloud),
        _ => throw new ArgumentException($"a panel of the kind {panel.GetType().Name} cannot be drawn", nameof(panel)),
    };

    /// <summary>How large the panel will be.</summary>
    /// <param name="room">The width there is.</param>
    public abstract Extent Measure(double room);

    /// <summary>Draws the panel.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="x">Its left side.</param>
    /// <param name="y">Its upper side.</param>
    /// <param name="room">The width that <see cref="Measure"/> was asked with.</param>
    public abstract void Draw(Canvas canvas, double x, double y, double room);
}
