using System.Globalization;

namespace Gptx.Checkpoints.Hub;

/// <summary>Sizes as people read them: powers of 1,000, as the hub shows them.</summary>
public static class ByteSize
{
    /// <summary>For example 541 B, 2.1 kB, 269.1 MB or 1.1 GB.</summary>
    public static string Text(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 999.95 && unit < units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
