namespace Gptx.Tokenization;

/// <summary>Which text of a pair is cut.</summary>
internal enum TruncationStrategy
{
    LongestFirst,
    OnlyFirst,
    OnlySecond,
}

/// <summary>Cuts texts that are too long into windows: the first is kept, the others overflow.</summary>
/// <param name="MaxLength">The most tokens, those of the template included.</param>
/// <param name="Stride">How many tokens a window shares with the one before.</param>
/// <param name="Strategy">Which text of a pair is cut.</param>
/// <param name="FromLeft">Whether the beginning is cut off and windows are counted from the end.</param>
internal sealed record Truncation(long MaxLength, long Stride, TruncationStrategy Strategy, bool FromLeft)
{
    /// <summary>Cuts the text's window, or the text's and the pair's, so that they fit with the template's tokens.</summary>
    public IReadOnlyList<TokenWindow> Apply(IReadOnlyList<TokenWindow> windows, int addedTokens)
    {
        long room = MaxLength - addedTokens;
        long total = windows.Sum(window => (long)window.Tokens.Count);
        if (room < 0 || (total <= room && room > 0))
        {
            return windows;
        }

        if (room == 0)
        {
            return [.. windows.Select(window => Cut(window, 0))];
        }

        if (Strategy == TruncationStrategy.LongestFirst)
        {
            return CutLongest(windows, room);
        }

        int target = Strategy == TruncationStrategy.OnlyFirst ? 0 : 1;
        if (target >= windows.Count)
        {
            throw Impossible("only the second text may be cut (OnlySecond), and there is none");
        }

        long kept = windows[target].Tokens.Count - (total - room);
        if (kept <= 0)
        {
            throw Impossible($"the text that may be cut ({Strategy}) has only {windows[target].Tokens.Count} tokens and {total - room} are too many");
        }

        return [.. windows.Select((window, i) => i == target ? Cut(window, kept) : window)];
    }

    private TokenWindow[] CutLongest(IReadOnlyList<TokenWindow> windows, long room)
    {
        if (windows.Count == 1)
        {
            return [Cut(windows[0], room)];
        }

        // Cut the longer text down to the shorter, then both to half the room each, the odd token to the longer.
        long first = windows[0].Tokens.Count;
        long second = windows[1].Tokens.Count;
        bool swapped = first > second;
        long shorter = Math.Min(first, second);
        long longer = shorter > room ? shorter : Math.Max(shorter, room - shorter);
        if (shorter + longer > room)
        {
            shorter = room / 2;
            longer = shorter + (room % 2);
        }

        return [Cut(windows[0], swapped ? longer : shorter), Cut(windows[1], swapped ? shorter : longer)];
    }

    private TokenWindow Cut(TokenWindow window, long size)
    {
        List<TokenEntry> tokens = window.Tokens;
        if (size >= tokens.Count)
        {
            return window;
        }

        if (size == 0)
        {
            return new TokenWindow(window.Source, []) { Overflowing = [window] };
        }

        if (Stride >= size)
        {
            throw Impossible($"its stride {Stride} must be less than the {size} tokens of a window");
        }

        var parts = new List<TokenWindow>();
        int length = (int)size;
        int step = length - (int)Stride;
        for (int done = 0, reached = 0; reached < tokens.Count; done += step)
        {
            int near = done;
            int far = reached = Math.Min(done + length, tokens.Count);
            (int start, int end) = FromLeft ? (tokens.Count - far, tokens.Count - near) : (near, far);
            parts.Add(new TokenWindow(window.Source, tokens.GetRange(start, end - start)));
        }

        parts[0].Overflowing = parts[1..];
        return parts[0];
    }

    private static GptxException Impossible(string why) =>
        new(GptxErrorKind.InvalidInput, "TruncationImpossible", $"The tokenizer's truncation cannot be applied: {why}.");
}
