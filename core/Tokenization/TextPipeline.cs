namespace Gptx.Tokenization;

/// <summary>
/// The way of a text to its pieces: first the added tokens with <c>normalized: false</c> are cut out of the text as given, then what
/// lies between is normalized, the other added tokens are cut out of that, and what is left is split.
/// </summary>
/// <remarks>
/// Text is passed on in blocks of some ten thousand characters where it can be cut without a difference, so that memory stays small
/// whatever its length.
/// </remarks>
internal sealed class TextPipeline
{
    private const int BlockLength = 1 << 15;

    private readonly AddedVocabulary _added;
    private readonly INormalizer? _normalizer;
    private readonly IPreTokenizer? _preTokenizer;
    private readonly TokenTrie _raw = new();
    private readonly TokenTrie _normalized = new();

    public TextPipeline(TokenizerParts parts, AddedVocabulary added)
    {
        _added = added;
        _normalizer = parts.Normalizer;
        (_preTokenizer, InBytes) = WithoutBytes(parts.PreTokenizer);
        foreach (AddedToken token in added.Tokens.Values)
        {
            if (token.Normalized)
            {
                _normalized.Add(_normalizer?.Normalize(new AlignedText(token.Content)).ToString() ?? token.Content, token);
            }
            else
            {
                _raw.Add(token.Content, token);
            }
        }

        Cuts = new SafeCuts(_normalizer, _preTokenizer, added.Tokens.Values);
    }

    /// <summary>Whether pieces are to be encoded in GPT-2's byte alphabet.</summary>
    public bool InBytes { get; }

    /// <summary>Whether ids alone can be had without keeping sources.</summary>
    public bool ReadsSources => _preTokenizer?.ReadsSources == true;

    /// <summary>Where texts may be cut.</summary>
    public SafeCuts Cuts { get; }

    /// <summary>Passes on all of a text.</summary>
    /// <param name="text">The text, well-formed.</param>
    /// <param name="origin">How much of the source came before.</param>
    /// <param name="encodeSpecialTokens">Whether special tokens are left in the text.</param>
    /// <param name="arena">Memory for rewritten text.</param>
    /// <param name="sink">What takes pieces and added tokens.</param>
    public void Run(ReadOnlySpan<char> text, int origin, bool encodeSpecialTokens, TextArena arena, TokenSink sink)
    {
        var source = new AlignedText(text, origin, arena);
        var sections = new AddedTokenCuts(text, _raw, _added, encodeSpecialTokens);
        while (sections.MoveNext())
        {
            AlignedText section = source.Slice(sections.Range.Start, sections.Range.Length);
            if (sections.Token is { } token)
            {
                sink.Add(token, section);
            }
            else
            {
                RunBlocks(section, encodeSpecialTokens, sink);
            }
        }
    }

    private void RunBlocks(AlignedText section, bool encodeSpecialTokens, TokenSink sink)
    {
        while (section.Length > 0)
        {
            int length = section.Length <= 2 * BlockLength ? section.Length : Cuts.After(section.Span, BlockLength);
            (int Characters, int Ranges) mark = section.Arena!.Mark();
            AlignedText block = section.Slice(0, length);
            RunNormalized(_normalizer is null ? block : _normalizer.Normalize(block), encodeSpecialTokens, sink);
            section.Arena.Release(mark);
            section = section.Slice(length, section.Length - length);
        }
    }

    private void RunNormalized(AlignedText text, bool encodeSpecialTokens, TokenSink sink)
    {
        if (_normalized.IsEmpty)
        {
            Split(text, sink);
            return;
        }

        var sections = new AddedTokenCuts(text.Span, _normalized, _added, encodeSpecialTokens);
        while (sections.MoveNext())
        {
            AlignedText section = text.Slice(sections.Range.Start, sections.Range.Length);
            if (sections.Token is { } token)
            {
                sink.Add(token, section);
            }
            else
            {
                Split(section, sink);
            }
        }
    }

    private void Split(AlignedText text, TokenSink sink)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (_preTokenizer is null)
        {
            sink.Add(text);
        }
        else
        {
            _preTokenizer.Split(text, sink);
        }
    }

    // Bytes written by the last step are left to the encoder of pieces, which keeps pieces by their characters.
    private static (IPreTokenizer? PreTokenizer, bool InBytes) WithoutBytes(IPreTokenizer? preTokenizer)
    {
        switch (preTokenizer)
        {
            case ByteLevelPreTokenizer last:
                return (last.WithoutBytes(), true);
            case PreTokenizerSequence { Steps: [.., ByteLevelPreTokenizer last] steps }:
                steps = last.WithoutBytes() is { } split ? [.. steps.SkipLast(1), split] : [.. steps.SkipLast(1)];
                return (steps.Count switch { 0 => null, 1 => steps[0], _ => new PreTokenizerSequence(steps) }, true);
            default:
                return (preTokenizer, false);
        }
    }
}
