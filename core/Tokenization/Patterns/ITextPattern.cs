namespace Gptx.Tokenization;

/// <summary>What a text is searched for.</summary>
internal interface ITextPattern
{
    /// <summary>The matches, in order; none overlaps another.</summary>
    /// <param name="text">What is searched.</param>
    /// <param name="steps">The steps that are left for the text that this is a piece of; null: as many as for a text.</param>
    List<TextRange> Matches(ReadOnlySpan<char> text, PatternSteps? steps = null);
}

/// <summary>A text that is found as it is written; the empty one is never found.</summary>
internal sealed class StringPattern(string text) : ITextPattern
{
    public string Text => text;

    public List<TextRange> Matches(ReadOnlySpan<char> searched, PatternSteps? steps = null)
    {
        var matches = new List<TextRange>();
        int from = 0;
        while (text.Length > 0 && searched[from..].IndexOf(text) is >= 0 and int skip)
        {
            from += skip + text.Length;
            matches.Add(new TextRange(from - text.Length, from));
        }

        return matches;
    }
}

/// <summary>Characters of a class; each is a match of its own.</summary>
internal sealed class CharacterPattern(Func<System.Text.Rune, bool> contains) : ITextPattern
{
    public List<TextRange> Matches(ReadOnlySpan<char> text, PatternSteps? steps = null)
    {
        var matches = new List<TextRange>();
        int at = 0;
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            int end = at + rune.Utf16SequenceLength;
            if (contains(rune))
            {
                matches.Add(new TextRange(at, end));
            }

            at = end;
        }

        return matches;
    }
}
