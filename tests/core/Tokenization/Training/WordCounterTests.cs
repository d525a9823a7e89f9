using System.Text;
using Gptx.Tokenization.Training;

namespace Gptx.Tests.Tokenization.Training;

/// <summary>Cutting what stands between spaces once, or each text as it is: the same words, as often.</summary>
public class WordCounterTests
{
    private static readonly string[] Parts =
    [
        " ", " ", "  ", "a", "Bc", "É", "e\u0301", "\u0301", "\u0323", "ß", "İ", "Σ", "ς", "ǅ", "你好", "か\u3099", "🙂", ".", ",", "'s", "-", "_", "7", "½", "\t", "\n", "\r\n", "\u00A0", "\u3000",
        "\u0085", "\u2028", "\u200B", "\u0000", "\u0007", "\uFFFD", "\uFEFF", "한", "𝔘", "\uD800",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Both_ways_count_the_same(int seed)
    {
        var random = new Random(seed);
        string[] texts = [.. Enumerable.Range(0, 100).Select(_ => string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => Parts[random.Next(Parts.Length)])))];
        using var folder = new Checkpoints.TemporaryFolder();
        foreach (TokenizerBlueprint blueprint in (TokenizerBlueprint[])[TokenizerBlueprint.WordPiece(), TokenizerBlueprint.WordPiece(lowercase: true), Splitting(folder, "Whitespace"), Splitting(folder, "WhitespaceSplit")])
        {
            Assert.True(blueprint.SpacesSeparate);
            List<WordCount> words = Counted(blueprint, texts, spacesSeparate: true);
            Assert.NotEmpty(words);
            Assert.Equal(Counted(blueprint, texts, spacesSeparate: false), words);
        }
    }

    [Fact]
    public void Byte_level_words_keep_their_spaces() => Assert.False(TokenizerBlueprint.ByteLevelBpe().SpacesSeparate);

    private static List<WordCount> Counted(TokenizerBlueprint blueprint, string[] texts, bool spacesSeparate)
    {
        var total = new WordCounts();
        var counter = new WordCounter(blueprint, total, spacesSeparate);
        foreach (string text in texts)
        {
            counter.Count(text);
        }

        counter.Flush();
        return total.Ordered();
    }

    private static TokenizerBlueprint Splitting(Checkpoints.TemporaryFolder folder, string kind)
    {
        string json = $$$"""{"pre_tokenizer":{"type":"{{{kind}}}"},"model":{"type":"BPE","vocab":{},"merges":[]}}""";
        return TokenizerBlueprint.Load(folder.Write("tokenizer.json", Encoding.UTF8.GetBytes(json)));
    }
}
