namespace Gptx.Figures.Drawing;

/// <summary>From the values of an axis to pixels.</summary>
internal sealed class AxisMap
{
    private readonly double _from;
    private readonly double _to;
    private readonly bool _isLogarithmic;

    private AxisMap(double min, double max, bool isLogarithmic, double from, double to)
    {
        (Min, Max, _isLogarithmic, _from, _to) = (min, max, isLogarithmic, from, to);
    }

    public double Min { get; }

    public double Max { get; }

    /// <summary>An axis over all values, with some air at the ends unless its borders are given.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">The values; those that it cannot show do not count.</param>
    /// <param name="air">The share of the range added at each end.</param>
    /// <param name="from">The pixel where it begins.</param>
    /// <param name="to">The pixel where it ends.</param>
    public static AxisMap Of(Axis axis, IEnumerable<double> values, double air, double from, double to)
    {
        var isLogarithmic = axis.Scale == AxisScale.Logarithmic;
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(value => double.IsFinite(value) && (!isLogarithmic || value > 0)))
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        (low, high) = low <= high ? (low, high) : (isLogarithmic ? 1 : 0, isLogarithmic ? 10 : 1);
        if (isLogarithmic)
        {
            var factor = high > low ? Math.Pow(high / low, air) : Math.Sqrt(10);
            return new AxisMap(axis.Min ?? (low / factor), axis.Max ?? (high * factor), isLogarithmic, from, to);
        }

        var room = high > low ? (high - low) * air : Math.Max(Math.Abs(high) * 0.1, 0.5);
        var (min, max) = (axis.Min ?? (low - room), axis.Max ?? (high + room));
        return new AxisMap(min, max > min ? max : min + 1, isLogarithmic, from, to);
    }

    /// <summary>Whether the axis can show a value.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!_isLogarithmic || value > 0);

    /// <summary>The pixel of a value.</summary>
    public double this[double value] => _from + ((_to - _from) * (_isLogarithmic
        ? (Math.Log(value) - Math.Log(Min)) / (Math.Log(Max) - Math.Log(Min))
        : (value - Min) / (Max - Min)));

    public IReadOnlyList<Tick> Ticks(int about) => _isLogarithmic ? Drawing.Ticks.Logarithmic(Min, Max, about) : Drawing.Ticks.Linear(Min, Max, about);
}
