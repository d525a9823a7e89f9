using System.Diagnostics;
using System.Text.Json.Nodes;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

public class TokenizerTests
{
    private static readonly Tokenizer Small = SmallTokenizer.Make();

    [Fact]
    public void The_vocabulary_knows_tokens_both_ways()
    {
        Vocabulary vocabulary = Small.Vocabulary;
        Assert.Equal(268, vocabulary.Count);
        Assert.True(vocabulary.TryGetId("Ġthe", out int id));
        Assert.Equal("Ġthe", vocabulary.TokenOf(id));
        Assert.Equal(" the", vocabulary.TextOf(id));
        Assert.True(vocabulary.BeginsWord(id));
        Assert.True(vocabulary.TryGetId("hello", out int inside) && !vocabulary.BeginsWord(inside));
        Assert.True(vocabulary.TryGetId("ĠĠ", out int spaces) && !vocabulary.BeginsWord(spaces));
        Assert.True(vocabulary.TryGetId("<|endoftext|>", out int end) && vocabulary.IsSpecial(end));
        Assert.False(vocabulary.Contains(268));
        Assert.Equal("TokenIdUnknown", Assert.Throws<GptxException>(() => vocabulary.TextOf(268)).ErrorId);
    }

    [Fact]
    public void Tokens_say_what_they_are_and_where()
    {
        IReadOnlyList<EncodedToken> tokens = Small.EncodeToTokens("hello the<|endoftext|>");
        Assert.Equal(
            [("hello", "hello", 0, 5, false), ("Ġthe", " the", 5, 4, false), ("<|endoftext|>", "<|endoftext|>", 9, 13, true)],
            tokens.Select(token => (token.Value, token.Text, token.Start, token.Length, token.IsSpecial)));
    }

    [Fact]
    public void Ids_that_do_not_exist_are_skipped_and_special_ones_on_request()
    {
        Assert.True(Small.Vocabulary.TryGetId("<|endoftext|>", out int end));
        Assert.Equal("a<|endoftext|>b", Small.Decode([.. Small.EncodeToIds("a"), 9999, -1, end, .. Small.EncodeToIds("b")]));
        Assert.Equal("ab", Small.Decode([.. Small.EncodeToIds("a"), end, .. Small.EncodeToIds("b")], skipSpecialTokens: true));
    }

    [Fact]
    public void Nothing_gives_nothing()
    {
        Assert.Empty(Small.EncodeToTokens(""));
        Assert.Equal(0, Small.CountTokens(""));
        Assert.Equal("", Small.Decode([]));
    }

    [Fact]
    public void An_added_token_takes_its_white_space_along()
    {
        EncodedToken mask = Small.EncodeToTokens("a  <mask> b")[1];
        Assert.Equal(("  <mask>", 1, 8), (mask.Value, mask.Start, mask.Length));
    }

    [Theory]
    [InlineData("xxaxx", 0)]
    [InlineData("é xx。xx", 2)]
    [InlineData("xx_ Ⓐxx xx\u0301 xx²", 1)]
    public void A_single_word_stands_alone(string text, int matches)
    {
        JsonObject json = SmallTokenizer.Json();
        json["added_tokens"] = new JsonArray(SmallTokenizer.Added("xx", singleWord: true));
        Tokenizer tokenizer = SmallTokenizer.Read(json);
        Assert.Equal(matches, tokenizer.EncodeToTokens(text).Count(token => token.Value == "xx"));
    }

    [Fact]
    public void Truncation_that_cannot_be_done_is_an_error_only_when_there_is_something_to_cut()
    {
        JsonObject json = SmallTokenizer.Json();
        json["truncation"] = JsonNode.Parse("""{"max_length": 3, "stride": 3, "strategy": "LongestFirst"}""");
        Tokenizer tokenizer = SmallTokenizer.Read(json);
        Assert.Equal(3, tokenizer.Encode(new EncodeRequest("abc")).Ids.Count);
        Assert.Equal("TruncationImpossible", Assert.Throws<GptxException>(() => tokenizer.Encode(new EncodeRequest("abcd"))).ErrorId);
        Assert.Equal(4, tokenizer.EncodeToIds("abcd").Count);
    }

    [Fact]
    public void A_megabyte_without_a_space_takes_seconds_at_most()
    {
        string text = string.Concat(Enumerable.Repeat("hellothe", 1 << 17));
        long begun = Stopwatch.GetTimestamp();
        Assert.Equal(text, Small.Decode(Small.EncodeToIds(text)));
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Many_threads_get_the_same_tokens()
    {
        string[] texts = [.. Enumerable.Range(0, 400).Select(i => $"hello {i % 50} the wörld 😀 {i}")];
        int[][] expected = [.. texts.Select(text => SmallTokenizer.Make().EncodeToIds(text).ToArray()).ToArray()];
        Tokenizer shared = SmallTokenizer.Make();
        Parallel.For(0, texts.Length, i => Assert.Equal(expected[i], shared.EncodeToIds(texts[i])));
    }
}
