using System.Globalization;

namespace Gptx.Tool.Terminal;

/// <summary>Numbers as a person reads them.</summary>
internal static class Readable
{
    public static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    public static string Short(double? number) => number?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "";

    public static string Rough(double number) => double.IsNaN(number) ? "" : number.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Scientific(double number) => double.IsNaN(number) ? "" : number.ToString("0.0e+00", CultureInfo.InvariantCulture);

    /// <summary>The first numbers of a vector, and how many there are.</summary>
    public static string Vector(float[] vector) =>
        string.Join("  ", vector.Take(4).Select(number => number.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(7))) + (vector.Length > 4 ? $"  … ({vector.Length})" : "");

    /// <summary>A bar as long as a share of a width, in eighths of a character.</summary>
    public static string Bar(double share, int width)
    {
        const string Eighths = " ▏▎▍▌▋▊▉";
        var eighths = (int)Math.Round(Math.Clamp(share, 0, 1) * width * 8);
        var bar = new string('█', eighths / 8);
        return eighths % 8 == 0 ? bar : bar + Eighths[eighths % 8];
    }
}
