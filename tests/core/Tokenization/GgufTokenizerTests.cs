using System.Text.Json;
using Gptx.Tests.Checkpoints;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

public class GgufTokenizerTests(ITestOutputHelper output)
{
    [Theory]
    [Trait("Category", "Golden")]
    [InlineData("smollm2", "gpt2", "smollm")]
    [InlineData("gpt2", "gpt2", "gpt-2")]
    [InlineData("starcoder-style", "gpt2", "starcoder")]
    [InlineData("llama3-style", "gpt2", "llama-bpe")]
    [InlineData("deepseek-style", "gpt2", "deepseek-v3")]
    [InlineData("deepseek-coder-style", "gpt2", "deepseek-coder")]
    [InlineData("o200k-style", "gpt2", "gpt-4o")]
    [InlineData("bloom-style", "gpt2", "bloom")]
    [InlineData("minilm", "bert", "default")]
    [InlineData("bert-uncased", "bert", "default")]
    [InlineData("llama2-style", "llama", "default")]
    [InlineData("t5-style", "t5", "default")]
    public void Texts_have_the_tokens_of_the_same_tokenizer_as_json(string folder, string model, string pre)
    {
        string path = GoldenRoot.Folder(Path.Combine("tokenizers", folder));
        Tokenizer expected = Tokenizer.Load(path);
        Dictionary<string, object> entries = GgufEntriesOf.Json(path, model, pre);
        Tokenizer tokenizer = GgufTokenizer.Read(entries).Tokenizer;
        Tokenizer written = Written(entries);
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(path, "cases.json")));
        int count = 0;
        foreach (JsonElement test in cases.RootElement.GetProperty("cases").EnumerateArray())
        {
            string text = test.GetProperty("text").GetString()!;
            EncodedText wanted = expected.Encode(new EncodeRequest(text) { AddSpecialTokens = false, Truncate = false, Pad = false });
            EncodedText found = tokenizer.Encode(new EncodeRequest(text) { AddSpecialTokens = false });

            Assert.Equal(wanted.Ids, found.Ids);
            Assert.Equal(expected.Decode(wanted.Ids), tokenizer.Decode(found.Ids));
            Assert.Equal(tokenizer.EncodeToIds(text), written.EncodeToIds(text));
            Assert.Equal(tokenizer.Decode(found.Ids), written.Decode(found.Ids));
            count++;
        }

        output.WriteLine($"{count} texts");
        Assert.True(count > 0, "no cases");
    }

    /// <summary>The same tokenizer, written as tokenizer.json and read again.</summary>
    private static Tokenizer Written(IReadOnlyDictionary<string, object> entries)
    {
        using var folder = new TemporaryFolder();
        using (FileStream stream = File.Create(folder["tokenizer.json"]))
        {
            GgufTokenizerJson.Write(entries, "GGUF", stream);
        }

        return Tokenizer.Load(folder["tokenizer.json"]);
    }

    [Fact]
    [Trait("Category", "Golden")]
    public void A_real_file_answers_as_the_reference()
    {
        string folder = Path.Combine(GoldenRoot.Folder(""), "..", "models", "SmolLM2-135M-Instruct-GGUF");
        Assert.SkipUnless(Directory.Exists(folder), "No SmolLM2-135M-Instruct-GGUF beside the golden data.");
        GgufTokenizer read = GgufTokenizer.Read(GgufEntriesOf.FromFile(Directory.GetFiles(folder, "*.gguf").Single()));
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "golden.json")));

        foreach (JsonElement test in golden.RootElement.GetProperty("cases").EnumerateArray())
        {
            Assert.Equal(test.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), read.Tokenizer.EncodeToIds(test.GetProperty("prompt").GetString()!));
        }

        foreach (JsonElement chat in golden.RootElement.GetProperty("chat").EnumerateArray())
        {
            Assert.Equal(chat.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), read.Tokenizer.EncodeToIds(chat.GetProperty("rendered").GetString()!));
        }

        Assert.Equal(("gpt2", "smollm", false, false), (read.Model, read.PreTokenizer, read.AddsBeginOfText, read.AddsEndOfText));
        Assert.Equal("<|im_end|>", read.Tokenizer.Vocabulary.TokenOf(read.EndOfTextId!.Value));
        Assert.Contains("<|im_start|>", read.ChatTemplate, StringComparison.Ordinal);
        var sameAsJson = new GoldenTokenizer(GoldenRoot.Folder("tokenizers/smollm2"), read.Tokenizer);
        sameAsJson.Run();
        Assert.True(sameAsJson.Failures.Count == 0 && sameAsJson.Count > 0, string.Join('\n', sameAsJson.Failures.Take(10)));
    }

    [Fact]
    public void Scores_decide_which_neighbours_are_joined_first()
    {
        Dictionary<string, object> entries = Llama("<unk>", "<s>", "</s>", "<0xC3>", "<0xA9>", "\u2581", "a", "b", "c", "ab", "bc", "\u2581a");
        entries["tokenizer.ggml.scores"] = new[] { 0f, 0, 0, 0, 0, -1, -1, -1, -1, -7, -6, -8 };
        GgufTokenizer read = GgufTokenizer.Read(entries);

        IReadOnlyList<EncodedToken> tokens = read.Tokenizer.EncodeToTokens("abc\u00E9");

        Assert.Equal(["<s>", "\u2581a", "bc", "<0xC3>", "<0xA9>"], tokens.Select(token => token.Value));
        Assert.Equal("abc\u00E9", read.Tokenizer.Decode(tokens.Select(token => token.Id), skipSpecialTokens: true));
        Assert.Equal((1, 2, 0, true, false), (read.BeginOfTextId, read.EndOfTextId, read.UnknownId, read.AddsBeginOfText, read.AddsEndOfText));
    }

    [Fact]
    public void What_the_file_says_about_ids_is_handed_out()
    {
        Dictionary<string, object> entries = Llama("<unk>", "<s>", "</s>", "a");
        entries["tokenizer.ggml.scores"] = new double[4];
        entries["tokenizer.ggml.add_bos_token"] = false;
        entries["tokenizer.ggml.add_eos_token"] = true;
        entries["tokenizer.ggml.add_space_prefix"] = false;
        entries["tokenizer.ggml.padding_token_id"] = 2L;
        entries["tokenizer.ggml.eot_token_id"] = uint.MaxValue;
        entries["tokenizer.chat_template"] = "{{ messages }}";
        entries["tokenizer.chat_template.tool_use"] = "tools";
        GgufTokenizer read = GgufTokenizer.Read(entries);

        Assert.Equal([3, 2], read.Tokenizer.EncodeToIds("a"));
        Assert.Equal((2, null, "{{ messages }}", "tools"), (read.PaddingId, read.EndOfTurnId, read.ChatTemplate, read.NamedChatTemplates["tool_use"]));
    }

    [Theory]
    [InlineData("tokenizer.ggml.model", null, "TokenizerNotFound")]
    [InlineData("tokenizer.ggml.model", "rwkv", "TokenizerNotSupported")]
    [InlineData("tokenizer.ggml.model", 7, "TokenizerUnreadable")]
    [InlineData("tokenizer.ggml.tokens", null, "TokenizerUnreadable")]
    [InlineData("tokenizer.ggml.tokens", "a", "TokenizerUnreadable")]
    [InlineData("tokenizer.ggml.scores", null, "TokenizerUnreadable")]
    [InlineData("tokenizer.ggml.scores", new[] { 1f }, "TokenizerUnreadable")]
    [InlineData("tokenizer.ggml.token_type", new[] { 1.5 }, "TokenizerUnreadable")]
    [InlineData("tokenizer.ggml.add_bos_token", 1, "TokenizerUnreadable")]
    public void A_wrong_entry_is_refused_by_name(string key, object? value, string errorId)
    {
        Dictionary<string, object> entries = Llama("<unk>", "<s>", "</s>", "a");
        entries["tokenizer.ggml.scores"] = new double[4];
        if (value is null)
        {
            entries.Remove(key);
        }
        else
        {
            entries[key] = value;
        }

        var error = Assert.Throws<GptxException>(() => GgufTokenizer.Read(entries, "model.gguf"));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains("model.gguf", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, object> Llama(params string[] tokens) => new()
    {
        ["tokenizer.ggml.model"] = "llama",
        ["tokenizer.ggml.tokens"] = tokens,
        ["tokenizer.ggml.token_type"] = tokens.Select(token => token switch
        {
            "<unk>" => 2,
            "<s>" or "</s>" => 3,
            _ => token.StartsWith("<0x", StringComparison.Ordinal) ? 6 : 1,
        }).ToArray(),
    };
}
