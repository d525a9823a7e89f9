namespace Gptx.Tokenization;

/// <summary>Conditions of a place that the text alone decides.</summary>
internal static class PatternAnchors
{
    /// <summary>Whether a condition holds at a place.</summary>
    /// <param name="anchor">The condition.</param>
    /// <param name="word">The characters of words; for the borders of words only.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="at">The place, in UTF-16 units.</param>
    public static bool Holds(PatternAnchor anchor, CharacterSet? word, ReadOnlySpan<char> text, int at) => anchor switch
    {
        PatternAnchor.TextStart => at == 0,
        PatternAnchor.TextEnd => at == text.Length,
        PatternAnchor.TextEndOrNewline => at == text.Length || (at == text.Length - 1 && text[at] == '\n'),
        PatternAnchor.LineStart => at == 0 || (text[at - 1] == '\n' && at < text.Length),
        PatternAnchor.LineEnd => at == text.Length || text[at] == '\n',
        PatternAnchor.WordBorder => IsWordBorder(word!, text, at),
        PatternAnchor.NoWordBorder => !IsWordBorder(word!, text, at),
        _ => throw new ArgumentOutOfRangeException(nameof(anchor), anchor, "it is not the text that decides"),
    };

    private static bool IsWordBorder(CharacterSet word, ReadOnlySpan<char> text, int at)
    {
        int before = PatternText.Before(text, at);
        int next = PatternText.At(text, at);
        return (before >= 0 && word.Contains(before)) != (next >= 0 && word.Contains(next));
    }
}
