using System.Globalization;
using System.Text;

namespace Gptx.Figures.Drawing;

/// <summary>
/// How wide a text will be. No font can be measured here, and every reader has another: the widths are those of Arial, and a tenth more, which is
/// what the wider of the usual fonts take.
/// </summary>
internal static class TextWidth
{
    private const double Reserve = 1.1;
    private const double MonospaceWidth = 0.605;

    // Widths of the printable ASCII characters of Arial (Helvetica's metrics), in hundredths of the font size.
    private static readonly byte[] Ascii =
    [
        28, 28, 36, 56, 56, 89, 67, 19, 33, 33, 39, 58, 28, 33, 28, 28, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 28, 28, 58, 58, 58, 56,
        102, 67, 67, 72, 72, 67, 61, 78, 72, 28, 50, 67, 56, 83, 72, 78, 67, 78, 72, 67, 61, 72, 67, 94, 67, 67, 61, 28, 28, 28, 47, 56,
        33, 56, 56, 50, 56, 56, 28, 56, 56, 22, 22, 50, 22, 83, 56, 56, 56, 56, 33, 50, 28, 56, 50, 72, 50, 50, 50, 33, 26, 33, 58,
    ];

    /// <summary>Width of a text in the proportional font, in pixels.</summary>
    public static double Of(string text, double size) => size * Reserve * text.EnumerateRunes().Sum(Width);

    /// <summary>Width of a text in the font of equal widths, in pixels.</summary>
    public static double OfMonospace(string text, double size) => size * text.EnumerateRunes().Sum(rune => Cells(rune) * MonospaceWidth);

    /// <summary>The text, cut with an ellipsis where it is wider than there is room for.</summary>
    public static string Fit(string text, double size, double room)
    {
        if (Of(text, size) <= room)
        {
            return text;
        }

        var kept = new StringBuilder();
        var width = Of("…", size);
        foreach (var rune in text.EnumerateRunes())
        {
            width += size * Reserve * Width(rune);
            if (width > room)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.Append('…').ToString();
    }

    private static double Width(Rune rune) => rune.Value is >= ' ' and <= '~' ? Ascii[rune.Value - ' '] / 100.0 : Cells(rune) switch { 0 => 0, 2 => 1.1, _ => 0.62 };

    // What takes no place, and what takes two: East Asian letters and pictures.
    private static int Cells(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0x1F000 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1,
    };
}
