using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>A regular expression that is read from left to right.</summary>
internal sealed class OnigurumaReader(string pattern)
{
    private const int MostRepeats = 100_000;

    public int At { get; private set; }

    public bool IsAtEnd => At == pattern.Length;

    /// <summary>The next unit, 0 at the end.</summary>
    public int Peek => IsAtEnd ? 0 : pattern[At];

    public Rune Take(string where = "pattern")
    {
        if (IsAtEnd)
        {
            throw new FormatException($"end pattern at {where}");
        }

        if (Rune.DecodeFromUtf16(pattern.AsSpan(At), out Rune rune, out int width) != OperationStatus.Done)
        {
            throw new FormatException("the pattern is not valid Unicode");
        }

        At += width;
        return rune;
    }

    /// <summary>Goes back to a place.</summary>
    public void Back(int at) => At = at;

    public bool TryTake(string text)
    {
        bool isThere = pattern.AsSpan(At).StartsWith(text, StringComparison.Ordinal);
        At += isThere ? text.Length : 0;
        return isThere;
    }

    /// <summary>Whether a text comes next.</summary>
    public bool TryPeek(string text) => pattern.AsSpan(At).StartsWith(text, StringComparison.Ordinal);

    /// <summary>Whether what comes next looks like the name of a POSIX class, <c>:name:]</c>.</summary>
    public bool IsPosixLike()
    {
        int colon = Peek == ':' ? pattern.AsSpan(At + 1).IndexOfAny(':', ']') : -1;
        return colon is >= 0 and < 20 && pattern.AsSpan(At + 1 + colon).StartsWith(":]", StringComparison.Ordinal);
    }

    /// <summary>Whether a text comes later.</summary>
    public bool Comes(string text) => pattern.IndexOf(text, At, StringComparison.Ordinal) >= 0;

    /// <summary>What was read since a place.</summary>
    public string Since(int start) => pattern[start..At];

    /// <summary>What stands before a closing sign, which is taken too.</summary>
    public string TakeUntil(char closing)
    {
        int end = pattern.IndexOf(closing, At);
        if (end < 0)
        {
            throw new FormatException($"'{closing}' is missing");
        }

        string text = pattern[At..end];
        At = end + 1;
        return text;
    }

    /// <summary>A character given by digits to a base, at most so many of them; -1 for none, or for none that is a character.</summary>
    public long TakeDigits(int numberBase, int most)
    {
        long value = 0;
        int start = At;
        while (!IsAtEnd && At - start < most && Digit(pattern[At]) < numberBase)
        {
            value = (value * numberBase) + Digit(pattern[At++]);
        }

        return At == start ? -1 : value;
    }

    /// <summary>Takes <c>{n} {n,} {,m} {n,m}</c>. Anything else is plain text.</summary>
    public bool TryTakeInterval(out int least, out int most)
    {
        (least, most) = (0, int.MaxValue);
        int end = Peek == '{' ? pattern.IndexOf('}', At) : -1;
        string[] bounds = end < 0 ? [] : pattern[(At + 1)..end].Split(',');
        bool isOne = bounds.Length is 1 or 2 && bounds.Any(bound => bound.Length > 0) && bounds.All(bound => bound.All(char.IsAsciiDigit));
        if (!isOne)
        {
            return false;
        }

        least = Bound(bounds[0], 0);
        most = bounds.Length == 1 ? least : Bound(bounds[1], int.MaxValue);
        At = end + 1;
        return true;
    }

    private static int Bound(string digits, int missing)
    {
        if (digits.Length == 0)
        {
            return missing;
        }

        bool isSmall = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= MostRepeats;
        return isSmall ? value : throw new FormatException("too big number for repeat range");
    }

    private static int Digit(char sign) => char.IsAsciiHexDigit(sign) ? Convert.ToInt32(sign.ToString(), 16) : int.MaxValue;

    /// <summary>Goes over one character of white space, or a comment to the end of its line, where these mean nothing.</summary>
    public bool TrySkipSpace()
    {
        if (TryTake("#"))
        {
            while (!IsAtEnd && Take().Value != '\n')
            {
            }

            return true;
        }

        bool isSpace = Peek is ' ' or (>= '\t' and <= '\r');
        if (isSpace)
        {
            Take();
        }

        return isSpace;
    }
}
