namespace Gptx.Tokenization;

/// <summary><c>FixedLength</c>: pieces of so many characters, the last one of what is left. A length of 0 leaves the text whole.</summary>
internal sealed class FixedLengthPreTokenizer : IPreTokenizer
{
    private readonly long _length;

    public FixedLengthPreTokenizer(long length)
    {
        _length = length;
    }

    public void Split(AlignedText section, PieceSink pieces)
    {
        int start = 0;
        int count = 0;
        for (int i = 0; i < section.Length; i++)
        {
            if (char.IsLowSurrogate(section.Span[i]))
            {
                continue;
            }

            if (count > 0 && count == _length)
            {
                pieces.Add(section.Slice(start, i - start));
                (start, count) = (i, 0);
            }

            count++;
        }

        pieces.Add(section.Slice(start, section.Length - start));
    }
}
