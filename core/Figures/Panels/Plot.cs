namespace Gptx.Figures;

/// <summary>Marks in a plane: scatter plots, lines, histograms, arrows.</summary>
/// <param name="X">The axis to the right.</param>
/// <param name="Y">The axis upward.</param>
/// <param name="Marks">What is drawn, the first below.</param>
public sealed record Plot(Axis X, Axis Y, IReadOnlyList<Mark> Marks) : Panel
{
    /// <summary>Width of the plane, in pixels.</summary>
    public double Width { get; init; } = 640;

    /// <summary>Height of the plane, in pixels.</summary>
    public double Height { get; init; } = 360;

    /// <summary>Names of groups of points, by their number; shown as a legend where there are several.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
}

/// <summary>Something drawn in a plot.</summary>
public abstract record Mark;

/// <summary>Points, with labels that move aside or are left out rather than hide each other; the first ones have the first choice.</summary>
/// <param name="Points">The points.</param>
public sealed record Scatter(IReadOnlyList<PlotPoint> Points) : Mark;

/// <summary>A point of a scatter plot.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Upward.</param>
/// <param name="Label">What it stands for; null for none.</param>
/// <param name="Group">Which colour it has; null for that of all.</param>
public sealed record PlotPoint(double X, double Y, string? Label = null, int? Group = null);

/// <summary>A line through points.</summary>
/// <param name="Points">The points, in the order in which the line goes; one that is not a number interrupts it.</param>
/// <param name="Name">Its name in the legend; null for none.</param>
/// <param name="Group">Which colour it has.</param>
public sealed record Line(IReadOnlyList<PlotPoint> Points, string? Name = null, int Group = 0) : Mark;

/// <summary>How often values fall between borders: bars that stand on zero.</summary>
/// <param name="Bins">The bars, from the left.</param>
/// <param name="Group">Which colour they have.</param>
public sealed record Histogram(IReadOnlyList<HistogramBin> Bins, int Group = 0) : Mark
{
    /// <summary>Counts values in bins of equal width from the smallest to the largest; those that are not finite are left out.</summary>
    public static Histogram Of(IEnumerable<float> values, int bins = 60, int group = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        float[] finite = [.. values.Where(float.IsFinite)];
        if (finite.Length == 0)
        {
            return new Histogram([], group);
        }

        double min = finite.Min();
        var width = finite.Max() > min ? (finite.Max() - min) / bins : 1.0 / bins;
        var counts = new long[bins];
        foreach (var value in finite)
        {
            counts[Math.Clamp((int)((value - min) / width), 0, bins - 1)]++;
        }

        return new Histogram([.. counts.Select((count, bin) => new HistogramBin(min + (bin * width), min + ((bin + 1) * width), count))], group);
    }
}

/// <summary>A bar of a histogram.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Height">How high it is.</param>
public sealed record HistogramBin(double From, double To, double Height);

/// <summary>Arrows, as of an analogy: from man to woman, from king to queen.</summary>
/// <param name="Items">The arrows.</param>
/// <param name="Group">Which colour they have.</param>
public sealed record Arrows(IReadOnlyList<Arrow> Items, int Group = 1) : Mark;

/// <summary>An arrow.</summary>
/// <param name="FromX">Where it begins.</param>
/// <param name="FromY">Where it begins.</param>
/// <param name="ToX">Where it points.</param>
/// <param name="ToY">Where it points.</param>
/// <param name="IsGuess">Whether it is dashed: where one would land rather than what is there.</param>
public sealed record Arrow(double FromX, double FromY, double ToX, double ToY, bool IsGuess = false);
