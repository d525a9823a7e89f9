namespace Gptx.Tokenization;

/// <summary>A split whose pieces follow each from the text behind the last, and cover it: a well-known regular expression by hand.</summary>
internal interface IPieceScanner
{
    /// <summary>The length of the first piece of a text that is not empty, in UTF-16 units.</summary>
    int FirstPiece(ReadOnlySpan<char> text);
}

/// <summary>Splits by a scanner.</summary>
internal sealed class ScannerPreTokenizer<TScanner>(TScanner scanner) : IPreTokenizer
    where TScanner : struct, IPieceScanner
{
    // Letters and digits are never in one piece with a space, a newline or a sign behind them.
    public bool BeginsPieceAt(char character) => true;

    public void Split(AlignedText section, PieceSink pieces)
    {
        ReadOnlySpan<char> rest = section.Span;
        for (int start = 0, length; start < section.Length; start += length)
        {
            length = scanner.FirstPiece(rest);
            pieces.Add(section.Slice(start, length));
            rest = rest[length..];
        }
    }
}
