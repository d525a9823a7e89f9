using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>Drops some characters and makes others a space.</summary>
internal sealed class CharacterFilter : INormalizer
{
    private readonly Func<Rune, bool> _drops;
    private readonly Func<Rune, bool>? _blanks;

    private CharacterFilter(Func<Rune, bool> drops, Func<Rune, bool>? blanks = null)
    {
        _drops = drops;
        _blanks = blanks;
    }

    /// <summary><c>StripAccents</c>: no marks of any kind.</summary>
    public static CharacterFilter StripAccents { get; } = new(rune => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark);

    /// <summary>BERT's idea of accents: no marks that take no room.</summary>
    public static CharacterFilter StripNonSpacingMarks { get; } =
        new(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark);

    /// <summary>BERT's cleaning: no NUL, no U+FFFD, no controls; all white space is a space.</summary>
    public static CharacterFilter BertCleaning { get; } = new(IsControl, Rune.IsWhiteSpace);

    /// <summary><c>Nmt</c>: no controls but NUL; characters that are seen as a space, or not at all, are a space.</summary>
    public static CharacterFilter Nmt { get; } = new(
        rune => rune.Value is (>= 1 and <= 8) or 0xB or (>= 0xE and <= 0x1F) or 0x7F or 0x8F or 0x9F,
        rune => rune.Value is 9 or 0xA or 0xC or 0xD or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD);

    public bool IsLocal => true;

    public AlignedText Normalize(AlignedText text)
    {
        var rewriter = new TextRewriter(text);
        bool changed = false;
        foreach (Rune rune in text.Span.EnumerateRunes())
        {
            if (_drops(rune))
            {
                rewriter.Drop();
                changed = true;
                continue;
            }

            Rune by = _blanks?.Invoke(rune) == true ? new Rune(' ') : rune;
            rewriter.Replace(by);
            changed |= by != rune;
        }

        return changed ? rewriter.ToText() : text;
    }

    private static bool IsControl(Rune rune)
    {
        if (rune.Value is '\t' or '\n' or '\r')
        {
            return false;
        }

        return rune.Value is 0 or 0xFFFD
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse;
    }
}
