namespace Gptx.Tokenization;

/// <summary>A regular expression, searched for from left to right as the reference does.</summary>
internal sealed class RegexPattern : ITextPattern
{
    private readonly string _source;
    private readonly PatternProgram _program;

    /// <summary>Makes a pattern.</summary>
    /// <param name="source">The pattern in Oniguruma's syntax.</param>
    /// <exception cref="FormatException">The pattern is not well-formed.</exception>
    /// <exception cref="NotSupportedException">The pattern has something that is not known here.</exception>
    public RegexPattern(string source)
    {
        _source = source;
        (PatternNode node, IReadOnlyList<PatternGroup> groups) = OnigurumaParser.Parse(source);
        _program = PatternCompiler.Compile(node, groups);
    }

    public List<TextRange> Matches(ReadOnlySpan<char> text, PatternSteps? steps = null)
    {
        var matches = new List<TextRange>();
        int last = -1;
        steps ??= new PatternSteps();
        var matcher = new PatternMatcher(_program, text, steps.Left);
        try
        {
            for (int from = 0; from <= text.Length && matcher.TryMatch(from, out TextRange match);)
            {
                if (match.Length == 0 && match.End == last)
                {
                    // An empty match behind another one does not count.
                    from += PatternText.Width(PatternText.At(text, from));
                    continue;
                }

                matches.Add(match);
                (from, last) = (match.End, match.End);
            }
        }
        catch (TimeoutException error)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput,
                "PatternTooSlow",
                $"The tokenizer's pattern {Shown} needs too many steps for this text of {text.Length} units; it tries the same places again and again.",
                error);
        }

        steps.Keep(matcher.StepsLeft);
        return matches;
    }

    private string Shown => _source.Length <= 60 ? _source.ReplaceLineEndings(" ") : $"{_source[..60].ReplaceLineEndings(" ")}...";
}
