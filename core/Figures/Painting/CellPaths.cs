using System.Globalization;
using System.Text;

namespace Gptx.Figures.Painting;

/// <summary>The cells of a matrix as paths, one a colour; neighbours in a row that share a colour are one rectangle.</summary>
internal static class CellPaths
{
    /// <summary>The paths, by the step of the colour map; a cell is one unit wide and high.</summary>
    public static IEnumerable<KeyValuePair<int, string>> Of(Heatmap map)
    {
        var paths = new SortedDictionary<int, StringBuilder>();
        for (var row = 0; row < map.Rows; row++)
        {
            var values = map.Values[row];
            for (var column = 0; column < values.Count;)
            {
                var (from, step) = (column, map.Scale.Step(values[column]));
                while (column < values.Count && map.Scale.Step(values[column]) == step)
                {
                    column++;
                }

                if (step is { } coloured)
                {
                    if (!paths.TryGetValue(coloured, out var path))
                    {
                        paths.Add(coloured, path = new StringBuilder());
                    }

                    path.Append(CultureInfo.InvariantCulture, $"M{from} {row}h{column - from}v1h-{column - from}z");
                }
            }
        }

        return paths.Select(path => KeyValuePair.Create(path.Key, path.Value.ToString()));
    }
}
