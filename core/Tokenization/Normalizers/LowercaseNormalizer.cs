using System.Text;

namespace Gptx.Tokenization;

/// <summary>Lower case, letter by letter: a sigma at a word's end is no exception, and İ becomes i with a dot above.</summary>
internal sealed class LowercaseNormalizer : INormalizer
{
    private const int CapitalIWithDot = 0x130;

    public bool IsLocal => true;

    public AlignedText Normalize(AlignedText text)
    {
        if (Ascii.IsValid(text.Span))
        {
            return text.Span.IndexOfAnyInRange('A', 'Z') < 0 ? text : LowerAscii(text);
        }

        var rewriter = new TextRewriter(text);
        foreach (Rune rune in text.Span.EnumerateRunes())
        {
            if (rune.Value == CapitalIWithDot)
            {
                rewriter.Replace(new Rune('i'));
                rewriter.Insert(new Rune(0x307));
            }
            else
            {
                rewriter.Replace(Rune.ToLowerInvariant(rune));
            }
        }

        return rewriter.ToText();
    }

    private static AlignedText LowerAscii(AlignedText text)
    {
        Span<char> lower = text.CharacterRoom(text.Length).AsSpan(0, text.Length);
        Ascii.ToLower(text.Span, lower, out _);
        return text.WithCharacters(lower);
    }
}
