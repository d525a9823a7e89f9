namespace Gptx.Figures.Png;

/// <summary>Matrices as pictures: a pixel a cell, or squares of pixels.</summary>
internal static class MatrixImage
{
    private const int Clear = ColourMap.Steps - 1;
    private const int LeastSide = 512;
    private const int LargestSquare = 16;
    private const int Gap = 8;
    private const long MostPixels = 64L << 20;

    /// <summary>A pixel a cell, in the colours of the map's scale; cells without a value are clear.</summary>
    public static byte[] OfSteps(Heatmap map)
    {
        var hasBlanks = map.Values.Any(row => row.Any(value => !float.IsFinite(value)));
        Rgb[] palette = hasBlanks
            ? [.. Enumerable.Range(0, Clear).Select(index => map.Scale.Map[Widened(index)]), new Rgb(0, 0, 0)]
            : [.. Enumerable.Range(0, ColourMap.Steps).Select(index => map.Scale.Map[index])];
        var indices = new byte[map.Rows * map.ColumnCount];
        var at = 0;
        foreach (var row in map.Values)
        {
            foreach (var value in row)
            {
                indices[at++] = map.Scale.Step(value) is not { } step ? (byte)Clear : (byte)(hasBlanks ? Narrowed(step) : step);
            }
        }

        return PngImage.OfPalette(map.ColumnCount, map.Rows, indices, palette, hasBlanks ? Clear : null);
    }

    /// <summary>The matrices of a figure alone, laid out as in the figure, each cell a square of whole pixels.</summary>
    /// <exception cref="GptxException"><c>FigureNotMatrix</c>: something else is in the figure, or nothing; <c>FigureTooLarge</c>.</exception>
    public static byte[] OfFigure(Figure figure)
    {
        Heatmap[] maps = [.. figure.Panels.OfType<Heatmap>()];
        if (maps.Length == 0 || maps.Length < figure.Panels.Count)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "FigureNotMatrix", "a .png holds the cells of matrices alone, and this figure has text, axes or marks: write .svg or .html");
        }

        var columns = Math.Clamp(figure.Columns, 1, maps.Length);
        var (mostColumns, mostRows) = (Math.Max(1, maps.Max(map => map.ColumnCount)), Math.Max(1, maps.Max(map => map.Rows)));
        var square = Math.Clamp((LeastSide / columns) / Math.Max(mostColumns, mostRows), 1, LargestSquare);
        var (stepX, stepY) = ((mostColumns * square) + Gap, (mostRows * square) + Gap);
        var lines = (maps.Length + columns - 1) / columns;
        long width = (columns * (long)stepX) - Gap;
        long height = (lines * (long)stepY) - Gap;
        if (width * height > MostPixels)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "FigureTooLarge", $"the picture would have {width} x {height} pixels: at most {MostPixels} are written; choose fewer");
        }

        var rgb = new byte[width * height * 3];
        Array.Fill(rgb, byte.MaxValue);
        foreach (var (index, map) in maps.Index())
        {
            Paint(rgb, (int)width, index % columns * stepX, index / columns * stepY, square, map);
        }

        return PngImage.OfColours((int)width, (int)height, rgb);
    }

    private static void Paint(byte[] rgb, int width, int left, int top, int square, Heatmap map)
    {
        for (var y = 0; y < map.Rows * square; y++)
        {
            for (var x = 0; x < map.ColumnCount * square; x++)
            {
                if (map.Scale.Colour(map.Values[y / square][x / square]) is { } colour)
                {
                    var at = 3 * (((top + y) * width) + left + x);
                    (rgb[at], rgb[at + 1], rgb[at + 2]) = (colour.R, colour.G, colour.B);
                }
            }
        }
    }

    // One colour makes room for the clear one.
    private static int Narrowed(int step) => (int)Math.Round(step * (Clear - 1) / (double)Clear);

    private static int Widened(int index) => (int)Math.Round(index * Clear / (double)(Clear - 1));
}
