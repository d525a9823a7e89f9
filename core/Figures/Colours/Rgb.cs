using System.Runtime.InteropServices;

namespace Gptx.Figures;

/// <summary>A colour of the screen (sRGB).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>Relative luminance as WCAG 2 defines it, 0 black to 1 white.</summary>
    public double Luminance => (0.2126 * Linear(R)) + (0.7152 * Linear(G)) + (0.0722 * Linear(B));

    /// <summary>Whether black text reads better on it than white text: the ratio of contrast (WCAG 2) says so.</summary>
    public bool WantsBlackText => (Luminance + 0.05) / 0.05 > 1.05 / (Luminance + 0.05);

    /// <summary>As in CSS, for example <c>#21918c</c>.</summary>
    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";

    /// <summary>Reads six hexadecimal digits.</summary>
    internal static Rgb Parse(ReadOnlySpan<char> hex)
    {
        var bytes = Convert.FromHexString(hex);
        return new Rgb(bytes[0], bytes[1], bytes[2]);
    }

    private static double Linear(byte part) => part / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
}
