namespace Gptx.Tokenization;

/// <summary>Puts a text in the place of each match of a pattern; it has the source of the match's last character.</summary>
internal sealed class ReplaceNormalizer : INormalizer
{
    private readonly ITextPattern _pattern;
    private readonly string _content;

    public ReplaceNormalizer(ITextPattern pattern, string content)
    {
        _pattern = pattern;
        _content = content;
    }

    public AlignedText Normalize(AlignedText text)
    {
        List<TextRange> matches = _pattern.Matches(text.Span, text.Arena?.Steps);
        if (matches.Count == 0)
        {
            return text;
        }

        var rewriter = new TextRewriter(text);
        foreach (TextRange match in matches)
        {
            rewriter.KeepTo(match.Start);
            rewriter.DropTo(match.End);
            rewriter.Insert(_content);
        }

        rewriter.KeepTo(text.Length);
        return rewriter.ToText();
    }
}
