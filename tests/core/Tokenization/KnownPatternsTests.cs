using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

public class KnownPatternsTests
{
    // Text with what the patterns tell apart: contractions in all their forms, case, marks, numbers, newlines, slashes, white space.
    private static Arbitrary<string> Texts { get; } =
        Gen.OneOf(
                Gen.Elements("'s", "'S", "'\u017F", "'t", "'re", "'RE", "'Ve", "'m", "'ll", "'lL", "'d", "'", "' s"),
                Gen.Elements(" ", "  ", "\n", "\r\n", "\t", " \n ", "\u00A0", "\u3000", "\u0085", "\u2028", "\u200B", "\u001C"),
                Gen.Elements("a", "Z", "é", "É", "ǅ", "ʰ", "文", "ʼ", "ª", "𐐀", "𐐨", "𠀀", "ſ", "K"),
                Gen.Elements("\u0301", "\u0903", "\u20DD", "\uFE0F", "\U0001D165"),
                Gen.Elements("0", "42", "1234567", "²", "Ⅷ", "五", "𝟎"),
                Gen.Elements("/", "//", ".", "!?", "😀", "_", "$", "\u0000", "\uFFFD"),
                Gen.Choose(0, 0xD7FF).Select(value => new Rune(value).ToString()))
            .ArrayOf()
            .Select(string.Concat)
            .ToArbitrary();

    [Theory]
    [InlineData(KnownPatterns.Gpt2)]
    [InlineData(KnownPatterns.Gpt2Short)]
    [InlineData(KnownPatterns.Cl100k)]
    [InlineData(KnownPatterns.Llama3)]
    [InlineData(KnownPatterns.Qwen2)]
    [InlineData(KnownPatterns.O200k)]
    public void A_scanner_gives_the_pieces_of_its_regular_expression(string regex)
    {
        IPreTokenizer scanner = KnownPatterns.Find(regex)!;
        var splitter = new PatternSplitter(new RegexPattern(regex), SplitBehavior.Isolated);
        Prop.ForAll(Texts, text => text.Length == 0 || Pieces(scanner, text).SequenceEqual(Pieces(splitter, text)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static List<string> Pieces(IPreTokenizer preTokenizer, string text)
    {
        var pieces = new Collected();
        preTokenizer.Split(new AlignedText(text), pieces);
        return pieces.All;
    }

    private sealed class Collected : PieceSink
    {
        public List<string> All { get; } = [];

        public override void Add(AlignedText piece) => All.Add(piece.ToString());
    }
}
