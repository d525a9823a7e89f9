namespace Gptx.Tokenization;

/// <summary>Splits a section of text into pieces; no token reaches over the border of a piece.</summary>
internal interface IPreTokenizer
{
    /// <summary>Adds the section's pieces, in order, none of them empty. The section is not empty.</summary>
    void Split(AlignedText section, List<AlignedText> pieces);
}
