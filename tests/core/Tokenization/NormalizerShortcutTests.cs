using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

/// <summary>What normalizers look up or pass over is what they find by going through all of their steps, sources included.</summary>
public class NormalizerShortcutTests
{
    private static Arbitrary<string> Texts { get; } =
        Gen.OneOf(
                Gen.Elements("a", "E", "\u0301", "\u0323", "\u0327", "é", "Ệ", "ﬁ", "İ", "ß", "Σ", "ǅ", "\u0345"),
                Gen.Elements("文", "\u302E", "가", "\u1100", "\u1161", "\u11A8", "が", "か\u3099", "ﾊﾟ", "⿰", "豈", "𠮷", "\u09C7", "\u09BE"),
                Gen.Elements(" ", "\n", "\u0000", "\u00A0", "\uFFFD", "\u200B", "\u0085", "\uE000", "😀", "𝐀", "\U0001D165", "½", "²"),
                Gen.Choose(0, 0xD7FF).Select(value => new Rune(value).ToString()))
            .ArrayOf()
            .Select(string.Concat)
            .ToArbitrary();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Unicode_forms(bool compatible, bool compose)
    {
        var form = new UnicodeFormNormalizer(compatible, compose);
        Holds(text => (Shown(form.Normalize(new AlignedText(text))), Shown(form.NormalizeAll(new AlignedText(text)))));
    }

    [Theory]
    [InlineData(true, true, null, true)]
    [InlineData(false, true, true, false)]
    [InlineData(true, false, false, true)]
    [InlineData(false, false, false, false)]
    public void Bert(bool clean, bool chinese, bool? strip, bool lowercase)
    {
        var bert = new BertNormalizer(clean, chinese, strip, lowercase);
        Holds(text => (Shown(bert.Normalize(new AlignedText(text))), Shown(bert.NormalizeAll(new AlignedText(text)))));
    }

    private static void Holds(Func<string, (string Fast, string Slow)> ways) =>
        Prop.ForAll(Texts, text => ways(text) is var both && both.Fast == both.Slow).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    // The characters and where each is from.
    private static string Shown(AlignedText text)
    {
        var shown = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            shown.Append(text.Span[i]).Append(text.SourceOf(i, i + 1));
        }

        return shown.ToString();
    }
}
