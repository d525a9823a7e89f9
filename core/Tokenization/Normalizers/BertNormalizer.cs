using System.Text;

namespace Gptx.Tokenization;

/// <summary>What BERT does to a text first: cleaning, spaces around Chinese characters, accents off, lower case; each can be left out.</summary>
internal sealed class BertNormalizer : INormalizer
{
    private readonly NormalizerSequence _steps;
    private readonly CharacterMap _map;
    private readonly bool _spacesChinese;

    /// <summary>Makes a normalizer.</summary>
    /// <param name="cleanText">Whether controls are dropped and all white space becomes spaces.</param>
    /// <param name="handleChineseCharacters">Whether Chinese characters become words of their own.</param>
    /// <param name="stripAccents">Whether accents are dropped; null: where the text is made lower case.</param>
    /// <param name="lowercase">Whether the text is made lower case.</param>
    public BertNormalizer(bool cleanText, bool handleChineseCharacters, bool? stripAccents, bool lowercase)
    {
        var steps = new List<INormalizer>();
        if (cleanText)
        {
            steps.Add(CharacterFilter.BertCleaning);
        }

        if (handleChineseCharacters)
        {
            steps.Add(new ChineseSpacing());
        }

        if (stripAccents ?? lowercase)
        {
            steps.Add(new UnicodeFormNormalizer(compatible: false, compose: false));
            steps.Add(CharacterFilter.StripNonSpacingMarks);
        }

        if (lowercase)
        {
            steps.Add(new LowercaseNormalizer());
        }

        _steps = new NormalizerSequence(steps);
        _map = new CharacterMap(_steps);
        _spacesChinese = handleChineseCharacters;
    }

    public bool IsLocal => true;

    // Nearly all text is of characters that become one character each, or Chinese ones; only stretches of others pass all steps.
    public AlignedText Normalize(AlignedText text)
    {
        Span<char> mapped = text.CharacterRoom(text.Length).AsSpan(0, text.Length);
        int same = MapOneToOne(text.Span, mapped);
        if (same == text.Length)
        {
            return text.WithCharacters(mapped);
        }

        var rewriter = new TextRewriter(text);
        rewriter.Append(text.Slice(0, same).WithCharacters(mapped[..same]), same);
        while (rewriter.Next < text.Length)
        {
            char unit = text.Span[rewriter.Next];
            if (IsSpaced(unit))
            {
                rewriter.ReplaceUnit(' ');
                rewriter.InsertUnit(unit);
                rewriter.InsertUnit(' ');
            }
            else if (_map[unit] is var by and not CharacterMap.Ask)
            {
                rewriter.ReplaceUnit(by);
            }
            else
            {
                int end = EndOfOthers(text.Span, rewriter.Next + 1);
                rewriter.Append(_steps.Normalize(text.Slice(rewriter.Next, end - rewriter.Next)), end);
            }
        }

        return rewriter.ToText();
    }

    /// <summary>The text passed through all steps, without the map.</summary>
    internal AlignedText NormalizeAll(AlignedText text) => _steps.Normalize(text);

    private int MapOneToOne(ReadOnlySpan<char> text, Span<char> mapped)
    {
        int i = 0;
        for (; i < text.Length && !IsSpaced(text[i]) && _map[text[i]] is var by and not CharacterMap.Ask; i++)
        {
            mapped[i] = by;
        }

        return i;
    }

    private int EndOfOthers(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && !IsSpaced(text[from]) && _map[text[from]] == CharacterMap.Ask)
        {
            from++;
        }

        return from;
    }

    // The common Chinese characters, which change in nothing else.
    private bool IsSpaced(char unit) => _spacesChinese && unit is >= '\u4E00' and <= '\u9FFF';

    private sealed class ChineseSpacing : INormalizer
    {
        public AlignedText Normalize(AlignedText text)
        {
            var rewriter = new TextRewriter(text);
            bool found = false;
            foreach (Rune rune in text.Span.EnumerateRunes())
            {
                if (!IsChinese(rune.Value))
                {
                    rewriter.Replace(rune);
                    continue;
                }

                rewriter.Replace(new Rune(' '));
                rewriter.Insert(rune);
                rewriter.Insert(new Rune(' '));
                found = true;
            }

            return found ? rewriter.ToText() : text;
        }

        // The reference's ranges, with its slip at 2B820 to 2B91F.
        private static bool IsChinese(int value) => value
            is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
            or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
    }
}
