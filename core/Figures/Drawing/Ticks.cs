using System.Globalization;

namespace Gptx.Figures.Drawing;

/// <summary>A tick of an axis: where, and what is written at it.</summary>
internal sealed record Tick(double Value, string Text);

/// <summary>Round numbers along an axis.</summary>
internal static class Ticks
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Ticks at multiples of 1, 2 or 5 times a power of ten.</summary>
    public static IReadOnlyList<Tick> Linear(double min, double max, int about)
    {
        var step = RoundUp((max - min) / Math.Max(about, 1));
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 12);
        var ticks = new List<Tick>();
        for (var number = Math.Ceiling((min / step) - 1e-9); number * step <= max + (step * 1e-9); number++)
        {
            ticks.Add(new Tick(number * step, Written(number * step, step, decimals)));
        }

        return ticks;
    }

    /// <summary>Ticks at powers of ten; where there are too few of them, at their multiples by 2 and 5 too.</summary>
    public static IReadOnlyList<Tick> Logarithmic(double min, double max, int about)
    {
        var (low, high) = ((int)Math.Floor(Math.Log10(min) + 1e-9), (int)Math.Ceiling(Math.Log10(max) - 1e-9));
        var step = Math.Max(1, (int)Math.Ceiling((high - low) / (double)Math.Max(about, 1)));
        double[] factors = high - low <= 1 ? [1, 2, 5] : [1];
        return [.. Enumerable.Range(low, high - low + 1).Where(power => power % step == 0)
            .SelectMany(power => factors.Select(factor => new Tick(factor * Math.Pow(10, power), factor == 1 ? Power(power) : Short(factor * Math.Pow(10, power)))))
            .Where(tick => tick.Value >= min * (1 - 1e-9) && tick.Value <= max * (1 + 1e-9))];
    }

    /// <summary>The least of 1, 2, 5 times a power of ten that is not below a number.</summary>
    public static double RoundUp(double number)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(number)));
        return (number / power) switch { <= 1 + 1e-9 => power, <= 2 + 1e-9 => 2 * power, <= 5 + 1e-9 => 5 * power, _ => 10 * power };
    }

    /// <summary>A number with about three significant digits.</summary>
    public static string Short(double number) => number == 0 ? "0"
        : Math.Abs(number) is >= 1e5 or < 1e-3 ? number.ToString("0.##e+0", CultureInfo.InvariantCulture)
        : Math.Round(number, Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(number))), 0, 6)).ToString("0.######", CultureInfo.InvariantCulture);

    private static string Written(double value, double step, int decimals) => Math.Abs(value) < step / 2 ? "0"
        : Math.Max(Math.Abs(value), step) is >= 1e6 or < 1e-4 ? value.ToString("0.##e+0", CultureInfo.InvariantCulture)
        : value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Power(int power) => power switch
    {
        0 => "1",
        1 => "10",
        _ => "10" + (power < 0 ? "⁻" : "") + string.Concat(Math.Abs(power).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0'])),
    };
}
