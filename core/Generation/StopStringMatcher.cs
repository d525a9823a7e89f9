using System.Text;

namespace Gptx.Generation;

/// <summary>
/// Finds stop strings in a text that comes in pieces, across their borders. It gives on at once what cannot be part of a stop string any more
/// and holds back the rest. The stop is the stop string that ends first; of several that end at the same character, the one that begins first. How the text
/// was cut into pieces makes no difference. Characters are compared one by one (UTF-16, ordinal).
/// </summary>
public sealed class StopStringMatcher
{
    private readonly IReadOnlyList<string> _stops;
    private readonly StringBuilder _safe = new();
    private string _held = "";

    /// <summary>Looks for <paramref name="stopStrings"/>; none is allowed, then everything passes at once.</summary>
    /// <exception cref="GptxException">InvalidArgument, <c>OptionOutOfRange</c>: a stop string is empty.</exception>
    public StopStringMatcher(IReadOnlyList<string> stopStrings)
    {
        new GenerationOptions { StopStrings = stopStrings }.Validate();
        _stops = [.. stopStrings.OrderByDescending(stop => stop.Length)];
    }

    /// <summary>The stop string that was found, null so far.</summary>
    public string? Found { get; private set; }

    /// <summary>True after a stop string; the text is complete then.</summary>
    public bool IsStopped => Found is not null;

    /// <summary>Takes the next piece and returns what may be shown now. After a stop nothing more comes.</summary>
    public string Push(ReadOnlySpan<char> piece)
    {
        _safe.Clear();
        foreach (char character in piece)
        {
            if (IsStopped)
            {
                break;
            }

            Take(character);
        }

        return _safe.ToString();
    }

    /// <summary>Ends the text without a stop: returns what was held back.</summary>
    public string Flush()
    {
        string rest = _held;
        _held = "";
        return rest;
    }

    private void Take(char character)
    {
        string text = _held + character;
        Found = _stops.FirstOrDefault(stop => text.EndsWith(stop, StringComparison.Ordinal));
        int held = IsStopped ? Found!.Length : LongestBeginning(text);
        _safe.Append(text, 0, text.Length - held);
        _held = IsStopped ? "" : text[^held..];
    }

    // The length of the longest end of the text with which a stop string begins.
    private int LongestBeginning(string text)
    {
        for (int start = 0; start < text.Length; start++)
        {
            if (_stops.Any(stop => stop.AsSpan().StartsWith(text.AsSpan(start))))
            {
                return text.Length - start;
            }
        }

        return 0;
    }
}
