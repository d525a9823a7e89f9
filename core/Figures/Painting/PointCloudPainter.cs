using Gptx.Figures.Colours;
using Gptx.Figures.Drawing;

namespace Gptx.Figures.Painting;

/// <summary>Draws points in space as seen from one side, far ones first and smaller, within the edges of a cube.</summary>
internal sealed class PointCloudPainter(PointCloud cloud) : Painter
{
    private IReadOnlyList<(string Name, int Group)> Names => cloud.Groups.Count > 1 ? [.. cloud.Groups.Index().Select(group => (group.Item, group.Index))] : [];

    public override Extent Measure(double room)
    {
        var size = Math.Min(cloud.Size, room);
        return new Extent(size, Legend.Height(Names, size) + size);
    }

    public override void Draw(Canvas canvas, double x, double y, double room)
    {
        var size = Math.Min(cloud.Size, room);
        Legend.Draw(canvas, x, y, size, Names);
        var plane = new Box(x, y + Legend.Height(Names, size), size, size);
        var view = new SpaceView(plane, cloud.Azimuth, cloud.Elevation);
        var points = SpaceView.Normalize(cloud.Points);
        canvas.Raw($"<g class=\"cloud\" id=\"cloud{canvas.Hover.Clouds.Count}\">\n");
        DrawEdges(canvas, view);
        var order = points.Index().OrderBy(point => view.Depth(point.Item)).ThenBy(point => point.Index).ToList();
        foreach (var (_, point) in order)
        {
            var (px, py) = view.Pixel(point);
            canvas.Circle(px, py, SpaceView.Radius(view.Depth(point)), Theme.Group(point.Group ?? 0));
        }

        ScatterLabels.Draw(canvas, plane, [.. points.Select(point =>
        {
            var (px, py) = view.Pixel(point);
            return (px, py, SpaceView.Radius(view.Depth(point)), point.Label is { } label ? VisibleText.OneLine(label) : null);
        })]);
        canvas.Raw("</g>\n");
        canvas.Hover.Clouds.Add(new HoverCloud(plane, view.Scale, cloud.Azimuth, cloud.Elevation, points, cloud.AxisNames));
    }

    private void DrawEdges(Canvas canvas, SpaceView view)
    {
        foreach (var (from, to) in SpaceView.Edges)
        {
            var ((fromX, fromY), (toX, toY)) = (view.Pixel(from), view.Pixel(to));
            canvas.Segment(fromX, fromY, toX, toY, "grid");
        }

        foreach (var (name, end) in cloud.AxisNames.Zip(SpaceView.AxisEnds))
        {
            var (px, py) = view.Pixel(end);
            canvas.Text(px, py + 4, VisibleText.OneLine(name), "small muted", Anchor.Middle);
        }
    }
}
