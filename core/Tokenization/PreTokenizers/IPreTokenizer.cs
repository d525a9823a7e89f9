namespace Gptx.Tokenization;

/// <summary>Splits a section of text into pieces; no token reaches over the border of a piece.</summary>
internal interface IPreTokenizer
{
    /// <summary>Whether it looks at where in the source a section lies.</summary>
    bool ReadsSources => false;

    /// <summary>Whether each character decides for itself where to split, so that a split more changes no other.</summary>
    bool IsLocal => false;

    /// <summary>
    /// Whether a piece begins at this character (a space, a newline or a sign) wherever a letter or digit stands before it, whatever
    /// else is around; then a text can be split part by part.
    /// </summary>
    bool BeginsPieceAt(char character) => false;

    /// <summary>Hands on the section's pieces, in order, none of them empty. The section is not empty.</summary>
    void Split(AlignedText section, PieceSink pieces);
}

/// <summary>What pieces are handed to.</summary>
internal abstract class PieceSink
{
    public abstract void Add(AlignedText piece);
}
