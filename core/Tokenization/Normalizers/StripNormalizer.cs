namespace Gptx.Tokenization;

/// <summary>Takes white space off the text's ends.</summary>
internal sealed class StripNormalizer : INormalizer
{
    private readonly bool _left;
    private readonly bool _right;

    public StripNormalizer(bool left, bool right)
    {
        _left = left;
        _right = right;
    }

    public AlignedText Normalize(AlignedText text)
    {
        int start = _left ? text.Length - text.Span.TrimStart().Length : 0;
        int end = _right ? Math.Max(start, text.Span.TrimEnd().Length) : text.Length;
        return text.Slice(start, end - start);
    }
}
