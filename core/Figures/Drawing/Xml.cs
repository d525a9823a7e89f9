using System.Text;

namespace Gptx.Figures.Drawing;

/// <summary>Text inside of XML.</summary>
internal static class Xml
{
    /// <summary>Escapes markup; characters that XML 1.0 does not allow, and halves of surrogate pairs, become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    result.Append("&amp;");
                    break;
                case '<':
                    result.Append("&lt;");
                    break;
                case '>':
                    result.Append("&gt;");
                    break;
                case '"':
                    result.Append("&quot;");
                    break;
                case (< ' ' and not '\t' and not '\n' and not '\r') or (>= 0x7F and <= 0x9F) or 0xFFFE or 0xFFFF:
                    result.Append('\uFFFD');
                    break;
                default:
                    result.Append(rune);
                    break;
            }
        }

        return result.ToString();
    }
}
