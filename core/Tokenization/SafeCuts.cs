using System.Buffers;

namespace Gptx.Tokenization;

/// <summary>
/// Where a text can be cut so that its parts, encoded one after the other, give the tokens of the whole: between a letter or digit and a
/// space, newline or sign at which the pre-tokenizer begins a piece anyway.
/// </summary>
internal sealed class SafeCuts
{
    private const string Candidates = " \n。，、";

    private readonly SearchValues<char> _begins;
    private readonly SearchValues<char> _beginsInStream;

    public SafeCuts(INormalizer? normalizer, IPreTokenizer? preTokenizer, IEnumerable<AddedToken> added)
    {
        bool canCut = preTokenizer is not null
            && normalizer?.IsLocal != false
            && added.All(token => !token.Normalized || IsSafe(token));
        char[] begins = canCut ? [.. Candidates.Where(preTokenizer!.BeginsPieceAt)] : [];
        _begins = SearchValues.Create(begins);

        // Of a stream it is not known yet where the added tokens lie, so that none may have to do with a cut.
        AddedToken[] raw = [.. added.Where(token => !token.Normalized)];
        bool mayStrip = raw.Any(token => token.RightStrip && char.IsLetterOrDigit(token.Content[^1]));
        _beginsInStream = SearchValues.Create(mayStrip ? [] : [.. begins.Where(begin => !raw.Any(token => token.Content.Contains(begin)))]);
    }

    /// <summary>The first cut at an index or later; the text's end where there is none. The index is not 0.</summary>
    public int After(ReadOnlySpan<char> text, int from)
    {
        while (text[from..].IndexOfAny(_begins) is >= 0 and int skip)
        {
            from += skip;
            if (IsCut(text, from))
            {
                return from;
            }

            from++;
        }

        return text.Length;
    }

    /// <summary>The last cut of a text that begins at its start or a cut and has more behind its end; 0 where there is none.</summary>
    public int LastInStream(ReadOnlySpan<char> text)
    {
        while (text.LastIndexOfAny(_beginsInStream) is > 0 and int at)
        {
            if (IsCut(text, at))
            {
                return at;
            }

            text = text[..at];
        }

        return 0;
    }

    // A mark that a normalizer splits off a letter may be in one piece with a sign or newline behind it, but never with a space.
    private static bool IsCut(ReadOnlySpan<char> text, int at)
    {
        char before = text[at - 1];
        return char.IsAsciiLetterOrDigit(before)
            || before is >= '\u4E00' and <= '\u9FFF'
            || (text[at] == ' ' && before is (>= '\u00C0' and < '\u0590') or (>= '\u3041' and <= '\uD7A3') && char.IsLetter(before));
    }

    // An added token that is found in normalized text, where it cannot be told where it lay in the text itself.
    private static bool IsSafe(AddedToken token) =>
        !token.RightStrip && token.Content.All(unit => unit is > ' ' and < '\x7F');
}
