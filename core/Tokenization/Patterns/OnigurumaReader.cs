using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>A regular expression that is read from left to right.</summary>
internal sealed class OnigurumaReader(string pattern)
{
    private int _at;

    public bool IsAtEnd => _at == pattern.Length;

    /// <summary>The next unit, 0 at the end.</summary>
    public int Peek => IsAtEnd ? 0 : pattern[_at];

    public Rune Take()
    {
        if (IsAtEnd)
        {
            throw new FormatException("premature end of the pattern");
        }

        Rune.DecodeFromUtf16(pattern.AsSpan(_at), out Rune rune, out int width);
        _at += width;
        return rune;
    }

    public bool TryTake(string text)
    {
        bool isThere = pattern.AsSpan(_at).StartsWith(text);
        _at += isThere ? text.Length : 0;
        return isThere;
    }

    /// <summary>What stands before a closing sign, which is taken too.</summary>
    public string TakeUntil(char closing)
    {
        int end = pattern.IndexOf(closing, _at);
        if (end < 0)
        {
            throw new FormatException($"'{closing}' is missing");
        }

        string text = pattern[_at..end];
        _at = end + 1;
        return text;
    }

    /// <summary>A character given by at most so many hexadecimal digits.</summary>
    public Rune TakeHex(int most)
    {
        int end = _at;
        while (end < pattern.Length && end - _at < most && char.IsAsciiHexDigit(pattern[end]))
        {
            end++;
        }

        bool isValid = int.TryParse(pattern.AsSpan(_at, end - _at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) && Rune.IsValid(value);
        _at = end;
        return isValid ? new Rune(value) : throw new FormatException("invalid character code");
    }

    /// <summary>Takes <c>? * + {n,m}</c>, with <c>?</c> behind it where it is lazy or <c>+</c> where it gives nothing back.</summary>
    public bool TryTakeQuantifier([NotNullWhen(true)] out string? quantifier, out bool isPossessive)
    {
        isPossessive = false;
        quantifier = TryTake("?") ? "?" : TryTake("*") ? "*" : TryTake("+") ? "+" : null;
        bool isInterval = quantifier is null && TryInterval(out quantifier);
        if (quantifier is null)
        {
            return false;
        }

        isPossessive = !isInterval && TryTake("+");
        quantifier += !isPossessive && TryTake("?") ? "?" : "";
        return true;
    }

    // {n}, {n,}, {,m} or {n,m}; anything else is plain text.
    private bool TryInterval(out string? interval)
    {
        interval = null;
        int end = Peek == '{' ? pattern.IndexOf('}', _at) : -1;
        string[] bounds = end < 0 ? [] : pattern[(_at + 1)..end].Split(',');
        bool isOne = bounds.Length is 1 or 2 && bounds.Any(bound => bound.Length > 0) && bounds.All(bound => bound.Length < 6 && bound.All(char.IsAsciiDigit));
        if (isOne)
        {
            interval = bounds.Length == 1 ? $"{{{bounds[0]}}}" : $"{{{(bounds[0].Length == 0 ? "0" : bounds[0])},{bounds[1]}}}";
            _at = end + 1;
        }

        return isOne;
    }
}
