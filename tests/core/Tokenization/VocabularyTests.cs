using System.Text.Json.Nodes;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

/// <summary>What a token's text is and whether it begins a word, for each way in which vocabularies mark words.</summary>
public class VocabularyTests
{
    private const string Replace = """{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}""";

    [Theory]
    [InlineData("""{"type": "WordPiece", "prefix": "##", "cleanup": true}""", "cat", " cat", true)]
    [InlineData("""{"type": "WordPiece", "prefix": "##", "cleanup": true}""", "##ing", "ing", false)]
    [InlineData("""{"type": "WordPiece", "prefix": "##", "cleanup": true}""", ",", ",", false)]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"}""", "▁cat", " cat", true)]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"}""", "cat", "cat", false)]
    [InlineData($$"""{"type": "Sequence", "decoders": [{{Replace}}, {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}""", "▁cat", " cat", true)]
    [InlineData($$"""{"type": "Sequence", "decoders": [{{Replace}}, {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}""", "<0xE4>", "\uFFFD", false)]
    [InlineData("""{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}""", "Ġcat", " cat", true)]
    [InlineData("""{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}""", "Ġ", " ", false)]
    [InlineData("""{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}""", "a", "a", false)]
    [InlineData("""{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}""", "Ã©", "é", false)]
    [InlineData("""{"type": "BPEDecoder", "suffix": "</w>"}""", "cat</w>", "cat", false)]
    [InlineData("""{"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": true}""", "a", "a", false)]
    [InlineData("null", "cat", " cat", true)]
    public void A_tokens_text_has_the_space_before_it(string decoder, string token, string text, bool beginsWord)
    {
        JsonObject json = Json(decoder, token);
        Vocabulary vocabulary = SmallTokenizer.Read(json).Vocabulary;

        Assert.Equal(text, vocabulary.TextOf(0));
        Assert.Equal(beginsWord, vocabulary.BeginsWord(0));
    }

    [Fact]
    public void An_added_token_is_its_content_and_no_word()
    {
        JsonObject json = Json("""{"type": "WordPiece", "prefix": "##", "cleanup": true}""", "cat");
        json["added_tokens"] = new JsonArray(SmallTokenizer.Added("dog", special: true));
        Vocabulary vocabulary = SmallTokenizer.Read(json).Vocabulary;
        Assert.True(vocabulary.TryGetId("dog", out int id));

        Assert.Equal("dog", vocabulary.TextOf(id));
        Assert.False(vocabulary.BeginsWord(id));
    }

    private static JsonObject Json(string decoder, string token) => new()
    {
        ["decoder"] = JsonNode.Parse(decoder),
        ["model"] = new JsonObject { ["type"] = "WordLevel", ["vocab"] = new JsonObject { [token] = 0 }, ["unk_token"] = token },
    };
}
