using System.Globalization;
using System.Text.RegularExpressions;

namespace Gptx.Checkpoints;

/// <summary>The Python dictionary in the header of an .npy file: three keys in any order, each once, values of a fixed form.</summary>
internal static partial class NpyDictionary
{
    private const int MostDimensions = 64;

    /// <summary>The three values, or null where the text is anything else. A structured type is a list, and so null as well.</summary>
    public static (string Descr, bool Fortran, long[] Shape)? Parse(string text)
    {
        var inside = text.Trim(' ', '\n');
        if (inside is not ['{', .., '}'])
        {
            return null;
        }

        inside = inside[1..^1];
        string? descr = null;
        bool? fortran = null;
        long[]? shape = null;
        while (inside.Length > 0)
        {
            var entry = Entry().Match(inside);
            if (!entry.Success)
            {
                return null;
            }

            var value = entry.Groups["value"].Value;
            switch (entry.Groups["key"].Value)
            {
                case "descr" when descr is null && value is ['\'' or '"', .., '\'' or '"']:
                    descr = value[1..^1];
                    break;
                case "fortran_order" when fortran is null && value is "True" or "False":
                    fortran = value == "True";
                    break;
                case "shape" when shape is null && value is ['(', .., ')']:
                    shape = ParseShape(value[1..^1]);
                    break;
                default:
                    return null;
            }

            inside = inside[entry.Length..];
        }

        return descr is null || fortran is null || shape is null ? null : (descr, fortran.Value, shape);
    }

    private static long[]? ParseShape(string tuple)
    {
        var parts = tuple.Split(',', StringSplitOptions.TrimEntries);
        var count = parts[^1].Length == 0 ? parts.Length - 1 : parts.Length; // "(3,)" and "()" end with nothing
        var shape = new long[count];
        for (var i = 0; i < count; i++)
        {
            if (!long.TryParse(parts[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
            {
                return null;
            }
        }

        return count <= MostDimensions ? shape : null;
    }

    [GeneratedRegex(
        """^\s*['"](?<key>\w+)['"]\s*:\s*(?<value>'[^']*'|"[^"]*"|\([^()]*\)|True|False)\s*(,\s*|$)""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Entry();
}
