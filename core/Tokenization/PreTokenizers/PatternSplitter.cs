namespace Gptx.Tokenization;

/// <summary>What becomes of the matches of a pattern that a text is split at.</summary>
internal enum SplitBehavior
{
    /// <summary>They vanish.</summary>
    Removed,

    /// <summary>Each is a piece.</summary>
    Isolated,

    /// <summary>Each is the end of the piece before it.</summary>
    MergedWithPrevious,

    /// <summary>Each is the beginning of the piece behind it.</summary>
    MergedWithNext,

    /// <summary>Neighbouring ones together are a piece.</summary>
    Contiguous,
}

/// <summary>Splits at the matches of a pattern: <c>Split</c>, and most other kinds, which have a pattern of their own.</summary>
internal sealed class PatternSplitter : IPreTokenizer
{
    private readonly ITextPattern _pattern;
    private readonly SplitBehavior _behavior;
    private readonly bool _invert;

    /// <summary>Makes a pre-tokenizer.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="behavior">What becomes of the matches.</param>
    /// <param name="invert">Whether what lies between the matches counts as the matches.</param>
    public PatternSplitter(ITextPattern pattern, SplitBehavior behavior, bool invert = false)
    {
        _pattern = pattern;
        _behavior = behavior;
        _invert = invert;
    }

    public bool IsLocal => _pattern is CharacterPattern && _behavior is SplitBehavior.Isolated or SplitBehavior.Removed or SplitBehavior.Contiguous;

    public void Split(AlignedText section, PieceSink pieces)
    {
        foreach (TextRange range in Pieces(Stretches(section)))
        {
            if (range.Length > 0)
            {
                pieces.Add(section.Slice(range.Start, range.Length));
            }
        }
    }

    // The whole text: matches and what lies between them.
    private List<(TextRange Range, bool IsMatch)> Stretches(AlignedText text)
    {
        var stretches = new List<(TextRange, bool)>();
        int done = 0;
        foreach (TextRange match in _pattern.Matches(text.Span, text.Arena?.Steps))
        {
            if (match.Start > done)
            {
                stretches.Add((new TextRange(done, match.Start), _invert));
            }

            stretches.Add((match, !_invert));
            done = match.End;
        }

        if (done < text.Length)
        {
            stretches.Add((new TextRange(done, text.Length), _invert));
        }

        return stretches;
    }

    private IEnumerable<TextRange> Pieces(List<(TextRange Range, bool IsMatch)> stretches) => _behavior switch
    {
        SplitBehavior.Removed => stretches.Where(stretch => !stretch.IsMatch).Select(stretch => stretch.Range),
        SplitBehavior.Isolated => stretches.Select(stretch => stretch.Range),
        SplitBehavior.Contiguous => Joined(stretches, (isMatch, wasMatch) => isMatch == wasMatch),
        SplitBehavior.MergedWithPrevious => Joined(stretches, (isMatch, wasMatch) => isMatch && !wasMatch),
        _ => Reversed(Joined(Reversed(stretches), (isMatch, wasMatch) => isMatch && !wasMatch)),
    };

    // A stretch joins the one before it where the rule says so, which looks at the two stretches and not at what was joined.
    private static List<TextRange> Joined(List<(TextRange Range, bool IsMatch)> stretches, Func<bool, bool, bool> joins)
    {
        var pieces = new List<TextRange>();
        bool wasMatch = false;
        foreach ((TextRange range, bool isMatch) in stretches)
        {
            if (joins(isMatch, wasMatch) && pieces.Count > 0)
            {
                TextRange last = pieces[^1];
                pieces[^1] = new TextRange(Math.Min(last.Start, range.Start), Math.Max(last.End, range.End));
            }
            else
            {
                pieces.Add(range);
            }

            wasMatch = isMatch;
        }

        return pieces;
    }

    private static List<T> Reversed<T>(List<T> list)
    {
        list.Reverse();
        return list;
    }
}
