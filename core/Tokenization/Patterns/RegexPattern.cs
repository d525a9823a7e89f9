using System.Text.RegularExpressions;

namespace Gptx.Tokenization;

/// <summary>A regular expression, searched for from left to right as the reference does.</summary>
internal sealed class RegexPattern : ITextPattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _source;
    private readonly Regex _regex;

    /// <summary>Makes a pattern.</summary>
    /// <param name="source">The pattern in Oniguruma's Ruby syntax.</param>
    /// <exception cref="FormatException">The pattern is not well-formed.</exception>
    /// <exception cref="NotSupportedException">The pattern has something that is not known here.</exception>
    public RegexPattern(string source)
    {
        _source = source;
        try
        {
            _regex = new Regex(OnigurumaTranslator.Translate(source), RegexOptions.CultureInvariant, Patience);
        }
        catch (ArgumentException error)
        {
            throw new FormatException("the pattern is not well-formed", error);
        }
    }

    public List<TextRange> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<TextRange>();
        string searched = text.ToString();
        int last = -1;
        try
        {
            for (int from = 0; from <= searched.Length && _regex.Match(searched, from) is { Success: true } match;)
            {
                int end = match.Index + match.Length;
                if (match.Length == 0 && end == last)
                {
                    // An empty match behind another one does not count.
                    from += from < searched.Length && char.IsHighSurrogate(searched[from]) ? 2 : 1;
                    continue;
                }

                matches.Add(new TextRange(match.Index, end));
                (from, last) = (end, end);
            }
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput,
                "PatternTooSlow",
                $"The tokenizer's pattern {_source.ReplaceLineEndings(" ")} found no end in this text within {Patience.TotalSeconds} seconds.",
                error);
        }

        return matches;
    }
}
