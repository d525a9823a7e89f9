namespace Gptx.Figures.Drawing;

/// <summary>A label that found a place; with a line to its point where it stands apart from it.</summary>
internal sealed record PlacedLabel(int Point, string Text, Box Place, bool NeedsLine);

/// <summary>
/// Places labels beside points so that none hides another or a point: each takes the first free of some places around its point, near ones first; one that
/// finds none is left out. Points early in the list choose first, so the result depends on the order alone.
/// </summary>
internal sealed class LabelPlacement(Box plane, double size)
{
    private const int Directions = 12;
    private const int CellSize = 48;
    private static readonly double[] Distances = [0, 8, 18, 30, 46];
    private readonly Dictionary<(int, int), List<Box>> _taken = [];

    /// <summary>Space that no label may cover, such as a point.</summary>
    public void Block(Box box) => Take(box);

    /// <summary>Places the labels of points.</summary>
    /// <param name="points">Where the points are, how large they are, and their labels.</param>
    public IReadOnlyList<PlacedLabel> Place(IReadOnlyList<(double X, double Y, double Radius, string? Label)> points)
    {
        foreach (var (x, y, radius, _) in points)
        {
            Take(new Box(x - radius, y - radius, 2 * radius, 2 * radius));
        }

        var placed = new List<PlacedLabel>();
        foreach (var (index, point) in points.Index())
        {
            if (point.Label is { Length: > 0 } label && Find(point.X, point.Y, point.Radius, label) is { } found)
            {
                Take(found.Place);
                placed.Add(new PlacedLabel(index, label, found.Place, found.NeedsLine));
            }
        }

        return placed;
    }

    private (Box Place, bool NeedsLine)? Find(double x, double y, double radius, string label)
    {
        var (width, height) = (TextWidth.Of(label, size), size * 1.15);
        foreach (var distance in Distances)
        {
            for (var direction = 0; direction < Directions; direction++)
            {
                var place = Around(x, y, radius + 2 + distance, direction, width, height);
                if (place.IsInside(plane) && IsFree(place))
                {
                    return (place, distance > 8);
                }
            }
        }

        return null;
    }

    // To the right, to the left, above, below, and then between them: the label's near side touches the circle around the point.
    private static Box Around(double x, double y, double distance, int direction, double width, double height)
    {
        var angle = direction switch
        {
            0 => 0,
            1 => Math.PI,
            2 => Math.PI / 2,
            3 => -Math.PI / 2,
            _ => Math.PI / 4 * ((direction - 4) % 4 switch { 0 => 1, 1 => 3, 2 => -1, _ => -3 }) * (direction < 8 ? 1 : 0.5),
        };
        var (towardX, towardY) = (Math.Cos(angle), -Math.Sin(angle));
        return new Box(x + (distance * towardX) - (width * (1 - towardX) / 2), y + (distance * towardY) - (height * (1 - towardY) / 2), width, height);
    }

    private bool IsFree(Box box) => Cells(box).All(cell => !_taken.TryGetValue(cell, out var boxes) || !boxes.Any(box.Overlaps));

    private void Take(Box box)
    {
        foreach (var cell in Cells(box))
        {
            if (!_taken.TryGetValue(cell, out var boxes))
            {
                _taken.Add(cell, boxes = []);
            }

            boxes.Add(box);
        }
    }

    private static IEnumerable<(int, int)> Cells(Box box)
    {
        for (var column = (int)Math.Floor(box.X / CellSize); column <= (int)Math.Floor(box.Right / CellSize); column++)
        {
            for (var row = (int)Math.Floor(box.Y / CellSize); row <= (int)Math.Floor(box.Bottom / CellSize); row++)
            {
                yield return (column, row);
            }
        }
    }
}
