using System.Text;

namespace Gptx.Tokenization;

/// <summary>Which pieces are given a space that they do not have.</summary>
internal enum PrependScheme
{
    /// <summary>None.</summary>
    Never,

    /// <summary>The one at the beginning of the text.</summary>
    First,

    /// <summary>All.</summary>
    Always,
}

/// <summary>SentencePiece's spaces: each becomes a visible character, at which pieces begin.</summary>
internal sealed class MetaspacePreTokenizer : IPreTokenizer
{
    private readonly ReplaceNormalizer _replaceSpaces;
    private readonly string _mark;
    private readonly PrependScheme _scheme;
    private readonly PatternSplitter? _splitter;

    /// <summary>Makes a pre-tokenizer.</summary>
    /// <param name="mark">What stands for a space, usually U+2581.</param>
    /// <param name="scheme">Which pieces are given one in front.</param>
    /// <param name="split">Whether pieces begin at each mark.</param>
    public MetaspacePreTokenizer(Rune mark, PrependScheme scheme, bool split)
    {
        _mark = mark.ToString();
        _replaceSpaces = new ReplaceNormalizer(new StringPattern(" "), _mark);
        _scheme = scheme;
        _splitter = split ? new PatternSplitter(new StringPattern(_mark), SplitBehavior.MergedWithNext) : null;
    }

    public bool ReadsSources => _scheme == PrependScheme.First;

    public bool BeginsPieceAt(char character) => _splitter is not null && character == ' ';

    public void Split(AlignedText section, PieceSink pieces)
    {
        (int Characters, int Ranges) mark = section.Arena?.Mark() ?? default;
        bool isFirst = section.SourceOf(0, 1).Start == 0;
        AlignedText text = _replaceSpaces.Normalize(section);
        if (_scheme == PrependScheme.Always || (_scheme == PrependScheme.First && isFirst))
        {
            text = text.Span.StartsWith(_mark) ? text : PrependNormalizer.Prepend(text, _mark);
        }

        if (_splitter is null)
        {
            pieces.Add(text);
        }
        else
        {
            _splitter.Split(text, pieces);
        }

        section.Arena?.Release(mark);
    }
}
