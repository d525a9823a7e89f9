using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

/// <summary>What is said of a tokenizer is what its file says.</summary>
public class TokenizerSummaryTests
{
    [Fact]
    public void The_embedded_one_is_described()
    {
        var tokenizer = Tokenizer.Load(Path.Join(GoldenRoot.RepositoryRoot, "models", "default-v1"));
        var summary = TokenizerSummary.Of(tokenizer, "name", "file", ["Once upon a time", "naïve 🙂"]);
        Assert.Equal(("name", "file", "BPE", 8192), (summary.Model, summary.File, summary.Kind, summary.Size));
        Assert.Equal(["ByteLevel: puts no space before; splits as GPT-2 does"], summary.PreTokenizer);
        Assert.Equal(["ByteLevel"], summary.Decoder);
        Assert.Equal(["<|endoftext|>"], summary.SpecialTokens.Select(token => token.Token));
        Assert.Equal(8191, summary.SpecialTokens[0].Id);
        Assert.Equal(summary.Size, summary.BeginWord + summary.Pieces + summary.Bytes + summary.Special);
        Assert.Equal(128, summary.Bytes); // those above ASCII; no token is part of a character but they
        Assert.Equal((23L, 27L), (summary.Characters, summary.Utf8Bytes));
        Assert.Equal(tokenizer.CountTokens("Once upon a time") + tokenizer.CountTokens("naïve 🙂"), summary.Tokens);
        Assert.Equal(23.0 / summary.Tokens, summary.CharactersPerToken);
        Assert.Equal(27.0 / summary.Tokens, summary.BytesPerToken);
    }

    [Fact]
    public void Without_a_text_nothing_is_measured()
    {
        var summary = TokenizerSummary.Of(Tokenizer.Load(Path.Join(GoldenRoot.RepositoryRoot, "models", "default-v1")), "name");
        Assert.Null(summary.Tokens);
        Assert.Null(summary.CharactersPerToken);
    }

    [Fact]
    public void Parts_are_said_in_words()
    {
        var json = """
            {"version": "1.0", "truncation": null, "padding": {"strategy": {"Fixed": 8}, "direction": "Left", "pad_to_multiple_of": null, "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"},
             "added_tokens": [{"id": 0, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
             "normalizer": {"type": "Sequence", "normalizers": [{"type": "Replace", "pattern": {"Regex": "a+"}, "content": "b"}, {"type": "NFC"}]},
             "pre_tokenizer": {"type": "Metaspace", "replacement": "_", "prepend_scheme": "first", "split": true},
             "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "[PAD]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
               "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}], "special_tokens": {"[PAD]": {"id": "[PAD]", "ids": [0], "tokens": ["[PAD]"]}}},
             "decoder": null,
             "model": {"type": "BPE", "unk_token": "?", "byte_fallback": true, "fuse_unk": false, "vocab": {"[PAD]": 0, "?": 1, "<0x41>": 2, "cat": 700000000}, "merges": []}}
            """u8.ToArray();
        var summary = TokenizerSummary.Of(TokenizerJson.Read(json, "tokenizer.json"), "m");
        Assert.Equal(["unknown token \"?\"", "unknown characters become bytes"], summary.Options);
        Assert.Equal(["Replace: /a+/; content \"b\"", "NFC"], summary.Normalizer);
        Assert.Equal(["Metaspace: a space is \"_\"; put before first; splits at it"], summary.PreTokenizer);
        Assert.Equal(["TemplateProcessing: single [PAD] A; pair A B"], summary.PostProcessor);
        Assert.Equal("Fixed 8", summary.Padding[0]);
        Assert.Empty(summary.Decoder);
        Assert.Empty(summary.Truncation);
        Assert.Equal((4, 1, 1), (summary.Size, summary.Bytes, summary.Special));
        Assert.Equal(700000000, summary.LongestTokens[0].Id == 2 ? summary.LongestTokens[1].Id : summary.LongestTokens[0].Id);
    }

    [Fact]
    [Trait("Category", "Golden")]
    public void Every_golden_tokenizer_can_be_described()
    {
        var described = 0;
        foreach (var folder in GoldenRoot.CaseFolders("tokenizers").Where(folder => File.Exists(Path.Join(folder, "tokenizer.json"))))
        {
            Tokenizer tokenizer;
            try
            {
                tokenizer = Tokenizer.Load(folder);
            }
            catch (GptxException error) when (error.ErrorId == "TokenizerNotSupported")
            {
                continue;
            }

            var summary = TokenizerSummary.Of(tokenizer, folder);
            Assert.Equal(tokenizer.VocabularySize, summary.Size);
            Assert.Equal(summary.Size, summary.BeginWord + summary.Pieces + summary.Bytes + summary.Special);
            Assert.Contains(summary.Kind, (string[])["BPE", "WordPiece", "Unigram", "WordLevel"]);
            described++;
        }

        Assert.True(described > 0, "no golden tokenizer loads");
    }
}
