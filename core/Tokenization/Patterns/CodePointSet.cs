using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>A set of characters, written for .NET's regular expressions, which work on UTF-16 units and know no pairs of surrogates.</summary>
internal static class CodePointSet
{
    private const int FirstPaired = 0x10000;
    private const int Last = 0x10FFFF;

    /// <summary>A pattern that matches one character of the set.</summary>
    public static string Pattern(Func<Rune, bool> contains)
    {
        var alternatives = new List<string>();
        string single = Units(Ranges(0, 0xFFFF, value => Rune.IsValid(value) && contains(new Rune(value))));
        if (single.Length > 0)
        {
            alternatives.Add($"[{single}]");
        }

        alternatives.AddRange(Pairs(contains));
        return alternatives.Count switch
        {
            0 => "(?!)",
            1 => alternatives[0],
            _ => $"(?:{string.Join('|', alternatives)})",
        };
    }

    // For each set of second units the first units that go with it.
    private static IEnumerable<string> Pairs(Func<Rune, bool> contains)
    {
        var firsts = new Dictionary<string, List<int>>();
        string unassigned = "";
        for (int first = 0xD800; first <= 0xDBFF; first++)
        {
            int begin = FirstPaired + ((first - 0xD800) << 10);
            bool isUnassigned = begin is > 0x40000 and < 0xE0000; // planes without characters are all alike
            string seconds = isUnassigned ? unassigned : Units(Ranges(begin, Math.Min(begin + 0x3FF, Last), value => contains(new Rune(value))), begin);
            unassigned = begin == 0x40000 ? seconds : unassigned;
            if (seconds.Length > 0)
            {
                if (!firsts.TryGetValue(seconds, out List<int>? list))
                {
                    firsts[seconds] = list = [];
                }

                list.Add(first);
            }
        }

        return firsts.Select(entry => $"[{Units(Ranges(0xD800, 0xDBFF, entry.Value.ToHashSet().Contains))}][{entry.Key}]");
    }

    private static List<TextRange> Ranges(int first, int last, Func<int, bool> contains)
    {
        var ranges = new List<TextRange>();
        int start = -1;
        for (int value = first; value <= last + 1; value++)
        {
            bool isIn = value <= last && contains(value);
            if (isIn && start < 0)
            {
                start = value;
            }
            else if (!isIn && start >= 0)
            {
                ranges.Add(new TextRange(start, value - 1));
                start = -1;
            }
        }

        return ranges;
    }

    // The ranges as escapes; those of a plane's stretch as the second units of its pairs.
    private static string Units(List<TextRange> ranges, int? begin = null)
    {
        var text = new StringBuilder();
        int shift = begin is { } from ? 0xDC00 - from : 0;
        foreach (TextRange range in ranges)
        {
            text.Append(CultureInfo.InvariantCulture, $"\\u{range.Start + shift:X4}");
            if (range.End > range.Start)
            {
                text.Append(CultureInfo.InvariantCulture, $"-\\u{range.End + shift:X4}");
            }
        }

        return text.ToString();
    }
}
