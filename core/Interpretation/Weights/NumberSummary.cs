namespace Gptx.Interpretation;

/// <summary>Moments and histogram of numbers that are read twice: once for their range and mean, once for what lies around them. In float64.</summary>
/// <param name="bins">How many bins.</param>
internal sealed class NumberSummary(int bins)
{
    private readonly long[] _histogram = new long[bins];
    private double _sum;
    private double _second;
    private double _third;
    private double _fourth;

    /// <summary>How many numbers.</summary>
    public long Count { get; private set; }

    /// <summary>The smallest.</summary>
    public double Min { get; private set; } = double.PositiveInfinity;

    /// <summary>The largest.</summary>
    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>Their mean.</summary>
    public double Mean => _sum / Count;

    /// <summary>Reads numbers the first time.</summary>
    public void Range(ReadOnlySpan<float> numbers)
    {
        foreach (double number in numbers)
        {
            Min = Math.Min(Min, number);
            Max = Math.Max(Max, number);
            _sum += number;
        }

        Count += numbers.Length;
    }

    /// <summary>Reads the same numbers again, after all were read once.</summary>
    public void Around(ReadOnlySpan<float> numbers)
    {
        var mean = Mean;
        var width = Max > Min ? Max - Min : 1;
        foreach (double number in numbers)
        {
            var distance = number - mean;
            var square = distance * distance;
            _second += square;
            _third += square * distance;
            _fourth += square * square;
            var bin = (number - Min) / width * bins;
            _histogram[double.IsFinite(bin) ? Math.Clamp((int)bin, 0, bins - 1) : 0]++;
        }
    }

    /// <summary>What was found.</summary>
    public WeightStatistics Result(string name, int? block, IReadOnlyList<long>? shape, string model)
    {
        var (second, third, fourth) = (_second / Count, _third / Count, _fourth / Count);
        return new WeightStatistics(
            name,
            block,
            shape,
            Count,
            Min,
            Max,
            Mean,
            Math.Sqrt(second),
            second > 0 ? third / Math.Pow(second, 1.5) : null,
            second > 0 ? (fourth / (second * second)) - 3 : null,
            _histogram,
            model);
    }
}
