using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>A section of the text: an added token, or plain text for the pre-tokenizer.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextSection(AlignedText Text, AddedToken? Token);

/// <summary>
/// Cuts the added tokens out of a text: first those with <c>normalized: false</c> out of the text as given, then the others out of
/// each normalized section.
/// </summary>
internal sealed class AddedTokenSplitter
{
    private readonly AddedVocabulary _added;
    private readonly INormalizer? _normalizer;
    private readonly TokenTrie _raw = new();
    private readonly TokenTrie _normalized = new();

    public AddedTokenSplitter(AddedVocabulary added, INormalizer? normalizer)
    {
        _added = added;
        _normalizer = normalizer;
        foreach (AddedToken token in added.Tokens.Values)
        {
            if (token.Normalized)
            {
                _normalized.Add(Normalize(token.Content), token);
            }
            else
            {
                _raw.Add(token.Content, token);
            }
        }
    }

    /// <summary>The sections of a text, in order, none of them empty.</summary>
    /// <param name="text">The source text.</param>
    /// <param name="encodeSpecialTokens">Whether special tokens are left in the text.</param>
    public IEnumerable<TextSection> Split(string text, bool encodeSpecialTokens)
    {
        foreach (TextSection section in Cut(new AlignedText(text), _raw, encodeSpecialTokens))
        {
            if (section.Token is not null)
            {
                yield return section;
                continue;
            }

            AlignedText normalized = _normalizer?.Normalize(section.Text) ?? section.Text;
            foreach (TextSection part in Cut(normalized, _normalized, encodeSpecialTokens))
            {
                yield return part;
            }
        }
    }

    private string Normalize(string content) => _normalizer?.Normalize(new AlignedText(content)).ToString() ?? content;

    // As the reference does it: matches do not depend on one another, so that a token whose white space an earlier one has taken
    // still matches, and a match that is discarded has used up its text for the search.
    private List<TextSection> Cut(AlignedText text, TokenTrie tokens, bool encodeSpecialTokens)
    {
        var sections = new List<TextSection>();
        int done = 0;
        int from = 0;
        while (tokens.TryFind(text.Span, from, out TextRange match, out AddedToken? token))
        {
            from = match.End;
            if ((encodeSpecialTokens && _added.IsSpecial(token.Content)) || (token.SingleWord && IsInsideWord(text.Span, match)))
            {
                continue;
            }

            TextRange range = WithWhiteSpace(text.Span, match, token, done);
            Add(sections, text, done, range.Start, null);
            Add(sections, text, range.Start, range.End, token);
            done = range.End;
        }

        Add(sections, text, done, text.Length, null);
        return sections;
    }

    private static void Add(List<TextSection> sections, AlignedText text, int start, int end, AddedToken? token)
    {
        if (start < end)
        {
            sections.Add(new TextSection(text.Slice(start, end - start), token));
        }
    }

    private static bool IsInsideWord(ReadOnlySpan<char> text, TextRange match) =>
        CharacterClasses.EndsWithWord(text[..match.Start]) || CharacterClasses.BeginsWithWord(text[match.End..]);

    private static TextRange WithWhiteSpace(ReadOnlySpan<char> text, TextRange match, AddedToken token, int done)
    {
        (int start, int end) = match;
        if (token.LeftStrip)
        {
            start = Math.Max(text[..start].TrimEnd().Length, done);
        }

        if (token.RightStrip)
        {
            end = text.Length - text[end..].TrimStart().Length;
        }

        return new TextRange(start, Math.Max(start, end));
    }
}
