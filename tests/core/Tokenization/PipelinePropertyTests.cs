using System.Text;
using System.Text.Json.Nodes;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

/// <summary>What holds for every text, whatever the parts of the tokenizer.</summary>
public class PipelinePropertyTests
{
    private static readonly string[] Parts =
    [
        "hello", " ", "  ", "\n", "\r\n", "\t", "é", "e\u0301", "中文", "𐐀", "👨\u200D👩\u200D👧", "ß", "İ", "1", "½", "don't", "▁", "<mask>", "\u00A0", "\uFFFD", "_", "ﬁ", "각",
    ];

    [Theory]
    [InlineData("""{"type": "Whitespace"}""")]
    [InlineData("""{"type": "WhitespaceSplit"}""")]
    [InlineData("""{"type": "BertPreTokenizer"}""")]
    [InlineData("""{"type": "UnicodeScripts"}""")]
    [InlineData("""{"type": "Digits", "individual_digits": true}""")]
    [InlineData("""{"type": "Punctuation", "behavior": "MergedWithNext"}""")]
    [InlineData("""{"type": "FixedLength", "length": 3}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "\\X"}, "behavior": "Isolated", "invert": false}""")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "\\s+|\\p{Han}"}, "behavior": "MergedWithPrevious", "invert": false}""")]
    public void Pieces_are_slices_of_the_text_in_order(string preTokenizer)
    {
        IPreTokenizer parsed = PreTokenizerJson.Read(JsonPart.Parse(Encoding.UTF8.GetBytes(preTokenizer), "test"));
        foreach (string text in Texts())
        {
            var pieces = new Pieces();
            parsed.Split(new AlignedText(text), pieces);
            int last = 0;
            foreach ((string piece, TextRange source) in pieces.All)
            {
                Assert.Equal(piece, text[source.Start..source.End]);
                Assert.True(source.Start >= last && source.Length > 0, text);
                last = source.End;
            }
        }
    }

    [Theory]
    [InlineData("""{"type": "NFC"}""")]
    [InlineData("""{"type": "NFD"}""")]
    [InlineData("""{"type": "NFKC"}""")]
    [InlineData("""{"type": "NFKD"}""")]
    [InlineData("""{"type": "Lowercase"}""")]
    [InlineData("""{"type": "Strip", "strip_left": true, "strip_right": true}""")]
    [InlineData("""{"type": "Nmt"}""")]
    public void Normalizing_twice_changes_nothing_more(string normalizer)
    {
        INormalizer parsed = NormalizerJson.Read(JsonPart.Parse(Encoding.UTF8.GetBytes(normalizer), "test"));
        foreach (string text in Texts())
        {
            AlignedText once = parsed.Normalize(new AlignedText(text));

            Assert.Equal(once.ToString(), parsed.Normalize(new AlignedText(once.ToString())).ToString());
            for (int i = 0; i < once.Length; i++)
            {
                TextRange source = once.SourceOf(i, i + 1);
                Assert.True(source.Start >= 0 && source.End <= text.Length && source.Start <= source.End, text);
            }
        }
    }

    [Fact]
    public void Byte_level_decoding_gives_the_text_back()
    {
        Tokenizer tokenizer = SmallTokenizer.Make();
        foreach (string text in Texts().Where(text => !text.Contains("<mask>", StringComparison.Ordinal))) // it takes white space with it
        {
            IReadOnlyList<EncodedToken> tokens = tokenizer.EncodeToTokens(text);

            Assert.Equal(text, tokenizer.Decode(tokens.Select(token => token.Id)));
            Assert.Equal(tokens.Select(token => token.Id), tokenizer.EncodeToIds(text));
            Assert.All(tokens, token => Assert.True(token.Start >= 0 && token.Start + token.Length <= text.Length, text));
        }
    }

    [Fact]
    public void A_stream_hands_out_what_decoding_the_whole_gives()
    {
        JsonObject json = SmallTokenizer.Json();
        foreach (string decoder in (string[])["ByteLevel", "ByteFallback", "Fuse"])
        {
            json["decoder"] = decoder == "ByteLevel" ? SmallTokenizer.ByteLevel() : new JsonObject { ["type"] = decoder };
            Tokenizer tokenizer = SmallTokenizer.Read(json);
            foreach (string text in Texts().Take(100))
            {
                IReadOnlyList<int> ids = tokenizer.EncodeToIds(text);
                DecodeStream stream = tokenizer.CreateDecodeStream();
                string streamed = string.Concat(ids.Select(stream.Append)) + stream.Flush();

                Assert.Equal(tokenizer.Decode(ids), streamed);
            }
        }
    }

    private static IEnumerable<string> Texts()
    {
        var random = new Random(7);
        for (int i = 0; i < 400; i++)
        {
            yield return string.Concat(Enumerable.Range(0, 1 + random.Next(12)).Select(_ => Parts[random.Next(Parts.Length)]));
        }
    }

    private sealed class Pieces : PieceSink
    {
        public List<(string Text, TextRange Source)> All { get; } = [];

        public override void Add(AlignedText piece) => All.Add((piece.ToString(), piece.SourceOf(0, piece.Length)));
    }
}
