namespace Gptx.Figures;

/// <summary>Which colour a value has, and what the values are.</summary>
/// <param name="Map">The colours.</param>
/// <param name="Min">The value of the first colour; smaller ones have it too.</param>
/// <param name="Max">The value of the last colour; larger ones have it too.</param>
/// <param name="Label">What is coloured, for example <c>attention</c> or <c>surprisal (nats)</c>.</param>
public sealed record ColourScale(ColourMap Map, double Min, double Max, string Label)
{
    /// <summary>
    /// Default 1: equal steps of a value are equal steps of colour. Below 1 small values spread over more of the colours; 0.5, the square root, suits shares
    /// of which most are small, such as attention in a long text.
    /// </summary>
    public double Exponent { get; init; } = 1;

    /// <summary>A scale for amounts: from the smallest to the largest finite value.</summary>
    public static ColourScale OfAmounts(IEnumerable<double> values, string label, ColourMap? map = null)
    {
        var (min, max) = Range(values);
        return new ColourScale(map ?? ColourMap.Viridis, min, max > min ? max : min + 1, label);
    }

    /// <summary>A scale for signed values, equally far to both sides of zero.</summary>
    /// <param name="values">The values.</param>
    /// <param name="label">What they are.</param>
    /// <param name="share">The share of the values that the scale covers, by size; below 1 a few outliers do not pale the others. Default all.</param>
    public static ColourScale OfSigned(IEnumerable<double> values, string label, double share = 1)
    {
        double[] sizes = [.. values.Where(double.IsFinite).Select(Math.Abs).Order()];
        var largest = sizes.Length == 0 ? 1 : sizes[Math.Clamp((int)Math.Ceiling(share * sizes.Length) - 1, 0, sizes.Length - 1)];
        largest = largest > 0 ? largest : sizes is [.., > 0 and var last] ? last : 1;
        return new ColourScale(ColourMap.Diverging, -largest, largest, label);
    }

    /// <summary>The step of the map that a value has, 0 to 255; null for one that is not finite.</summary>
    public int? Step(double value)
    {
        if (!double.IsFinite(value))
        {
            return null;
        }

        var place = Math.Clamp((value - Min) / (Max - Min), 0, 1);
        return (int)Math.Round((Exponent == 1 ? place : Math.Pow(place, Exponent)) * (ColourMap.Steps - 1));
    }

    /// <summary>The value at a share of the colours, from 0 to 1.</summary>
    public double ValueAt(double share) => Min + ((Max - Min) * Math.Pow(share, 1 / Exponent));

    /// <summary>The colour of a value; null for one that is not finite.</summary>
    public Rgb? Colour(double value) => Step(value) is { } step ? Map[step] : null;

    private static (double Min, double Max) Range(IEnumerable<double> values)
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite))
        {
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }

        return min <= max ? (min, max) : (0, 1);
    }
}
