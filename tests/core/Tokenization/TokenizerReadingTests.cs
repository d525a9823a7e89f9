using System.Text;
using System.Text.Json.Nodes;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

public class TokenizerReadingTests
{
    [Theory]
    [InlineData("normalizer", """{"type": "NFC"}""", "normalizer 'NFC'")]
    [InlineData("pre_tokenizer", """{"type": "Metaspace"}""", "pre-tokenizer 'Metaspace'")]
    [InlineData("post_processor", """{"type": "Nope"}""", "post-processor 'Nope'")]
    [InlineData("decoder", """{"type": "WordPiece"}""", "decoder 'WordPiece'")]
    [InlineData("model", """{"type": "Unigram"}""", "model 'Unigram'")]
    public void A_part_that_is_not_built_is_refused_by_its_name(string member, string part, string name)
    {
        GptxException error = Refused(json => json[member] = JsonNode.Parse(part));
        Assert.Equal("TokenizerNotSupported", error.ErrorId);
        Assert.StartsWith($"tokenizer.json.{member}: the {name} is not supported; supported: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version", "\"2.0\"", "tokenizer.json.version: expected \"1.0\"")]
    [InlineData("truncation", """{"max_length": -5, "stride": 0, "strategy": "LongestFirst"}""", "tokenizer.json.truncation.max_length: expected a whole number not below 0, found -5")]
    [InlineData("truncation", """{"max_length": 5, "stride": 0, "strategy": "Nope"}""", "tokenizer.json.truncation.strategy: expected LongestFirst, OnlyFirst or OnlySecond")]
    [InlineData("padding", """{"strategy": "Nope"}""", "tokenizer.json.padding.strategy: expected ")]
    [InlineData("pre_tokenizer", """{"type": "ByteLevel", "trim_offsets": true}""", "tokenizer.json.pre_tokenizer: the field 'add_prefix_space' is missing")]
    [InlineData("pre_tokenizer", "\"ByteLevel\"", "tokenizer.json.pre_tokenizer: expected an object, found \"ByteLevel\"")]
    [InlineData("added_tokens", "null", "tokenizer.json.added_tokens: expected an array, found null")]
    [InlineData("added_tokens", """[{"id": 1, "content": "x"}]""", "tokenizer.json.added_tokens[0]: the field 'single_word' is missing")]
    [InlineData("post_processor", """{"type": "RobertaProcessing", "cls": ["<s>"], "sep": ["</s>", 2]}""", "tokenizer.json.post_processor.cls: expected a token and its id")]
    [InlineData("post_processor", """{"type": "TemplateProcessing", "single": [{"Sequence": {"id": "C", "type_id": 0}}], "pair": [], "special_tokens": {}}""", "tokenizer.json.post_processor.single[0].Sequence.id: expected A or B")]
    [InlineData("zzz", "1", "tokenizer.json: unknown field 'zzz'")]
    public void A_wrong_value_is_refused_with_its_place(string member, string value, string message)
    {
        GptxException error = Refused(json => json[member] = JsonNode.Parse(value));
        Assert.Equal("TokenizerUnreadable", error.ErrorId);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vocab", """{"a": 1.5}""", "tokenizer.json.model.vocab[\"a\"]: expected an id")]
    [InlineData("vocab", """{"a": "1"}""", "tokenizer.json.model.vocab[\"a\"]: expected an id")]
    [InlineData("vocab", "[1]", "tokenizer.json.model.vocab: expected an object")]
    [InlineData("merges", """["a zz"]""", "tokenizer.json.model.merges[0]: the token 'zz' is not in the vocabulary")]
    [InlineData("merges", """["h e", ["l", "l"]]""", "tokenizer.json.model.merges[1]: expected all merges as strings or all as pairs")]
    [InlineData("merges", """[["a", "b", "c"]]""", "tokenizer.json.model.merges[0]: expected a pair of strings")]
    [InlineData("merges", """["a b c"]""", "tokenizer.json.model.merges[0]: expected two tokens with one space between")]
    [InlineData("merges", """{}""", "tokenizer.json.model.merges: expected an array")]
    [InlineData("fuse_unk", "1", "tokenizer.json.model.fuse_unk: expected true or false")]
    public void A_wrong_model_is_refused_with_its_place(string member, string value, string message)
    {
        GptxException error = Refused(json => json["model"]![member] = JsonNode.Parse(value));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} x")]
    [InlineData("\uFEFF{}")]
    [InlineData("// x\n{}")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {"\ud800": 0}, "merges": []}}""")]
    public void What_is_no_json_object_is_refused_in_one_line(string text)
    {
        GptxException error = Assert.Throws<GptxException>(() => TokenizerJson.Read(Encoding.UTF8.GetBytes(text), "tokenizer.json"));
        Assert.Equal(GptxErrorKind.ModelNotLoadable, error.Kind);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        string text = "{\"decoder\": " + new string('[', 100_000);
        Assert.Throws<GptxException>(() => TokenizerJson.Read(Encoding.UTF8.GetBytes(text), "tokenizer.json"));
    }

    [Fact]
    public void A_folder_without_a_tokenizer_is_not_found()
    {
        string folder = Directory.CreateTempSubdirectory("gptx-").FullName;
        try
        {
            GptxException error = Assert.Throws<GptxException>(() => Tokenizer.Load(folder));
            Assert.Equal("TokenizerNotFound", error.ErrorId);
            Assert.False(Tokenizer.TryFind(folder, out _));

            File.WriteAllText(Path.Combine(folder, "vocab.json"), """{"a": 0, "b": 1, "ab": 2}""");
            File.WriteAllText(Path.Combine(folder, "merges.txt"), "#version: 0.2\r\na b\r\n");
            Assert.True(Tokenizer.TryFind(folder, out string? file));
            Assert.Equal([2, 0], Tokenizer.Load(folder).EncodeToIds("aba"));
            Assert.Equal([2, 0], Tokenizer.Load(file).EncodeToIds("aba"));

            File.WriteAllText(Path.Combine(folder, "tokenizer.json"), SmallTokenizer.Json().ToJsonString());
            Assert.Equal(268, Tokenizer.Load(folder).VocabularySize);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static GptxException Refused(Action<JsonObject> change)
    {
        JsonObject json = SmallTokenizer.Json();
        change(json);
        GptxException error = Assert.Throws<GptxException>(() => SmallTokenizer.Read(json));
        Assert.Equal(GptxErrorKind.ModelNotLoadable, error.Kind);
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }
}
