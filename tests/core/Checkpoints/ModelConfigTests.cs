using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

public sealed class ModelConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Values_are_read_by_type_and_alternatives_in_order()
    {
        var config = Read("""
            {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], "n_layer": 3, "whole": 12.0, "n_inner": null, "eps": 1e-05, "tie": true,
             "rope_scaling": {"type": "linear", "factor": 2}, "eos": [1, 2], "short_factor": [1, 1.5], "name": "a\u00e9"}
            """);
        Assert.Equal("gpt2", config.ModelType);
        Assert.Equal(["GPT2LMHeadModel"], config.Architectures);
        Assert.Equal(3, config.GetInt32("num_hidden_layers", "n_layer"));
        Assert.Equal(3, config.GetSize("n_layer"));
        Assert.Equal(12, config.GetInt32("whole"));
        Assert.Null(config.FindInt32("n_inner"));
        Assert.False(config.Contains("n_inner"));
        Assert.Equal(1e-5, config.GetDouble("eps"));
        Assert.Equal(1e-5f, config.GetSingle("eps"));
        Assert.Null(config.FindSingle("missing"));
        Assert.Equal(3.0, config.GetDouble("n_layer"));
        Assert.True(config.GetBoolean("tie"));
        Assert.Equal(2.0, config.FindSection("rope_scaling")!.GetDouble("factor"));
        Assert.Null(config.FindSection("rope_parameters"));
        Assert.Equal([1, 2], config.FindInt32s("eos")!);
        Assert.Equal([3], config.FindInt32s("n_layer")!);
        Assert.Equal([1, 1.5], config.FindDoubles("short_factor")!);
        Assert.Equal("aé", config.GetString("name"));
    }

    [Fact]
    public void A_wrong_value_is_told_with_file_key_value_and_what_is_allowed()
    {
        var config = Read("""{"n_layer": "six", "n_head": 0, "big": 3000000000, "half": 0.5, "eps": true, "flag": 1, "rope": {"factor": []}, "list": [1, "x"]}""");
        Assert.Equal($"{config.Path}: \"n_layer\" is \"six\"; allowed is a whole number of 32 bits", Wrong(() => config.GetInt32("n_layer")));
        Assert.Equal($"{config.Path}: \"n_head\" is 0; allowed is a whole number from 1 to 2147483647", Wrong(() => config.FindSize("n_head")));
        Assert.Contains("\"big\" is 3000000000", Wrong(() => config.GetInt32("big")), StringComparison.Ordinal);
        Assert.Contains("\"half\" is 0.5", Wrong(() => config.GetInt32("half")), StringComparison.Ordinal);
        Assert.Contains("\"eps\" is true; allowed is a finite number", Wrong(() => config.FindSingle("eps")), StringComparison.Ordinal);
        Assert.Contains("\"flag\" is 1; allowed is true or false", Wrong(() => config.GetBoolean("flag")), StringComparison.Ordinal);
        Assert.Contains("\"rope.factor\" is []", Wrong(() => config.FindSection("rope")!.GetDouble("factor")), StringComparison.Ordinal);
        Assert.Contains("\"list\" is [1, \\\"x\\\"]".Replace("\\", "", StringComparison.Ordinal), Wrong(() => config.FindInt32s("list")), StringComparison.Ordinal);
        Assert.Contains("an object", Wrong(() => config.FindSection("flag")), StringComparison.Ordinal);
        Assert.Contains("a string", Wrong(() => config.GetString("flag")), StringComparison.Ordinal);
        var missing = Refusal.Expect("ConfigKeyMissing", () => config.GetInt32("n_embd", "hidden_size"));
        Assert.Equal($"{config.Path}: \"n_embd\" or \"hidden_size\" is missing; it must be a whole number of 32 bits", missing.Message);
    }

    [Fact]
    public void The_words_that_Python_writes_for_no_number_are_read_but_are_no_numbers()
    {
        var config = Read("""{"a": NaN, "b": [Infinity, -Infinity], "NaN": "say \"NaN\\", "c": 1, "d": 1e999}""");
        Assert.Equal(1, config.GetInt32("c"));
        Assert.Equal("say \"NaN\\", config.GetString("NaN"));
        Assert.Contains("\"a\" is \"NaN\"; allowed is a finite number", Wrong(() => config.GetDouble("a")), StringComparison.Ordinal);
        Wrong(() => config.FindDoubles("b"));
        Wrong(() => config.GetDouble("d"));
    }

    [Theory]
    [InlineData("JsonInvalid", "[]")]
    [InlineData("JsonInvalid", "{\"a\": }")]
    [InlineData("JsonInvalid", "{\"a\": nan}")]
    [InlineData("JsonInvalid", "{\"a\": \"\\ud800\"}")]
    [InlineData("JsonInvalid", "{\"\\udfff\": 1}")]
    [InlineData("JsonInvalid", "{} {}")]
    [InlineData("FileTruncated", "")]
    public void What_is_no_JSON_object_is_refused(string errorId, string text) => Refusal.Expect(errorId, () => Read(text));

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        Refusal.Expect("JsonInvalid", () => Read($$"""{"a": {{new string('[', 1_000_000)}}"""));
        Refusal.Expect("JsonTooLong", () => Read($$"""{"a": "{{new string('x', (16 << 20) + 1)}}"}"""));
        var shown = Wrong(() => Read($$"""{"a": "{{new string('x', 100_000)}}\u001b"}""").GetInt32("a"));
        Assert.EndsWith("xxx\\u001B\"; allowed is a whole number of 32 bits", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_no_harm() => Assert.Equal(1, Read("\uFEFF{\"a\": 1}").GetInt32("a"));

    [Fact]
    public void Generation_settings_are_read_and_missing_ones_are_null()
    {
        var config = GenerationConfig.Read(_folder.Write("generation_config.json", """
            {"do_sample": true, "temperature": 0.8, "top_k": 40, "top_p": 0.9, "min_p": 0.05, "typical_p": 1, "epsilon_cutoff": 0.0, "eta_cutoff": 0.001,
             "repetition_penalty": 1.2, "no_repeat_ngram_size": 3, "bad_words_ids": [[1], [2, 3]], "min_length": 1, "min_new_tokens": null, "max_length": 20,
             "max_new_tokens": 7, "eos_token_id": [5, 6], "bos_token_id": 4, "pad_token_id": null, "transformers_version": "5.0"}
            """));
        Assert.Equal((true, 0.8, 40, 0.9, 0.05), (config.DoSample, config.Temperature, config.TopK, config.TopP, config.MinP));
        Assert.Equal((1.0, 0.0, 0.001, 1.2, 3), (config.TypicalP, config.EpsilonCutoff, config.EtaCutoff, config.RepetitionPenalty, config.NoRepeatNgramSize));
        Assert.Equal((1, null, 20, 7, 4, null), (config.MinLength, config.MinNewTokens, config.MaxLength, config.MaxNewTokens, config.BosTokenId, config.PadTokenId));
        Assert.Equal([[1], [2, 3]], config.BadWordsIds!);
        Assert.Equal([5, 6], config.EosTokenIds!);
        Assert.Equal(new GenerationConfig(), GenerationConfig.Read(_folder["missing.json"]));
    }

    [Theory]
    [InlineData("{\"temperature\": \"warm\"}")]
    [InlineData("{\"top_k\": 1.5}")]
    [InlineData("{\"do_sample\": 1}")]
    [InlineData("{\"eos_token_id\": [1, null]}")]
    [InlineData("{\"eos_token_id\": {}}")]
    [InlineData("{\"bad_words_ids\": [1]}")]
    [InlineData("{\"bad_words_ids\": [[\"a\"]]}")]
    [InlineData("{\"bad_words_ids\": true}")]
    public void A_generation_setting_of_another_type_is_refused(string text)
    {
        var path = _folder.Write("generation_config.json", text);
        Wrong(() => GenerationConfig.Read(path));
    }

    [Fact]
    public void Mutations_are_read_or_refused_never_anything_else()
    {
        var whole = """{"model_type":"gpt2","architectures":["A"],"eps":NaN,"eos_token_id":[1,2],"bad_words_ids":[[1]],"rope":{"factor":-Infinity,"s":"\u00e9\\"}}"""u8.ToArray();
        var random = new Random(11);
        for (var i = 0; i < 1000; i++)
        {
            var mutated = whole.ToArray();
            mutated[random.Next(whole.Length)] = (byte)random.Next(256);
            mutated[random.Next(whole.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                var config = ModelConfig.Read(_folder.Write("config.json", mutated[random.Next(0, 3)..]));
                _ = GenerationConfig.From(config);
                _ = config.ModelType + config.Architectures.Count;
                _ = config.FindSection("rope")?.GetDouble("factor", "eps");
            }
            catch (GptxException error)
            {
                Refusal.AssertPresentable(error);
            }
        }
    }

    private static string Wrong(Action action) => Refusal.Expect("ConfigValueInvalid", action).Message;

    private static string Wrong(Func<object?> function) => Wrong(() => { function(); });

    private ModelConfig Read(string text) => ModelConfig.Read(_folder.Write("config.json", text));
}
