namespace Gptx.Fuzzing;

/// <summary>Texts and patterns that are likely to break something.</summary>
internal static class HostileTexts
{
    private static readonly string[] Pieces =
    [
        "a", "hello", " ", "   ", "\n", "\r\n", "\t", "\0", "é", "e\u0301", "中文", "\U00010400", "\U0001F468\u200D\U0001F469\u200D\U0001F467", "ß", "İ", "\u0130\u0307", "1", "½",
        "don't", "\u2581", "<mask>", "</s>", "[CLS]", "<0x41>", "\u00A0", "\uFFFD", "\uD800", "\uDC00", "\uFEFF", "\u200B", "_", "ﬁ", "각", "\u1100\u1161\u11A8", "!!!", "##", "Ġ", "\u1E9B\u0323", "ﷺ",
    ];

    /// <summary>Strings to put into files.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "", " ", "\0", "\uFFFF", "\U0010FFFF", new('x', 5000), "(a*)*b", "(?:a?){40}a{40}", "(\\w+\\s?)*$x", "[", "(", "\\", "\\p{L}", "\\X", "(?i)ß", "(?<=a+)b", "a{100000}", "(?:(?:a{1000}){1000}){1000}",
        "(?<n>a)\\k<n>", "[^\\p{L}&&[^\\p{Lu}]]", "(|a)+", "x*", "^", "$", "\\b", "(?=a)", "(((((((((((((((((((((((a)))))))))))))))))))))))", "BPE", "Unigram", "WordPiece", "WordLevel", "Sequence", "Split", "Replace", "ByteLevel",
        "Precompiled", "Metaspace", "TemplateProcessing", "NFKC", "NFD", "Lowercase", "StripAccents", "UnicodeScripts", "CTC", "Strip", "Fuse", "type", "pattern", "content", "Regex", "String", "##", "\u2581", "</w>", "<unk>", "AAAA",
        .. Pieces,
    ];

    /// <summary>A text of pieces; now and then one of a thousand equal ones.</summary>
    public static string Make(Random random)
    {
        if (random.Next(20) == 0)
        {
            return string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(3000)));
        }

        return string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => Pieces[random.Next(Pieces.Length)]));
    }
}
