using System.Text.Json.Nodes;
using Gptx.Activations;
using Gptx.Embeddings;
using Gptx.Inference;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Architectures;

/// <summary>What decoders refuse, by name, and what they make of a checkpoint that lacks something.</summary>
public class DecoderConfigTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("llama", "OptionNotSupported", "rope_type \"mrope\"", """{ "rope_scaling": { "type": "mrope", "factor": 2 } }""")]
    [InlineData("llama", "OptionNotSupported", "hidden_act \"prelu\"", """{ "hidden_act": "prelu" }""")]
    [InlineData("llama", "OptionNotSupported", "LlamaForSequenceClassification", """{ "architectures": ["LlamaForSequenceClassification"] }""")]
    [InlineData("llama", "OptionNotSupported", "quantization_config \"gptq\"", """{ "quantization_config": { "quant_method": "gptq", "bits": 4 } }""")]
    [InlineData("llama", "OptionNotSupported", "quantization_config \"bitsandbytes\"", """{ "quantization_config": { "quant_method": "bitsandbytes", "load_in_8bit": true } }""")]
    [InlineData("llama", "OptionNotSupported", "quantization_config", """{ "compression_config": {} }""")]
    [InlineData("llama", "ConfigInvalid", "num_key_value_heads", """{ "num_key_value_heads": 3 }""")]
    [InlineData("llama", "ConfigKeyMissing", "rope_scaling.factor", """{ "rope_scaling": { "type": "linear" } }""")]
    [InlineData("llama", "ConfigValueInvalid", "rope_scaling.long_factor", """{ "rope_scaling": { "type": "longrope", "short_factor": [1, 1, 1, 1, 1, 1, 1, 1], "long_factor": [1] } }""")]
    [InlineData("llama", "OptionNotSupported", "a rotary embedding of 3 numbers", """{ "partial_rotary_factor": 0.2 }""")]
    [InlineData("llama", "ConfigKeyMissing", "hidden_size", """{ "hidden_size": null }""")]
    [InlineData("qwen3", "ConfigInvalid", "2147483647 layers", """{ "num_hidden_layers": 2147483647, "layer_types": null }""")]
    [InlineData("llama", "ConfigInvalid", "heads of 2147483646 numbers", """{ "head_dim": 2147483646 }""")]
    [InlineData("gptj", "ConfigInvalid", "heads of 2147483646 numbers", """{ "n_embd": 2147483646, "n_head": 1, "rotary_dim": 2147483646 }""")]
    [InlineData("llama", "ConfigInvalid", "1000000 heads of 65536 numbers", """{ "num_attention_heads": 1000000, "num_key_value_heads": 1, "head_dim": 65536 }""")]
    [InlineData("qwen3", "OptionNotSupported", "layer_types \"chunked_attention\"", """{ "layer_types": ["chunked_attention", "full_attention", "full_attention"] }""")]
    [InlineData("qwen3", "ConfigValueInvalid", "layer_types", """{ "layer_types": ["full_attention"] }""")]
    [InlineData("gemma3_text", "OptionNotSupported", "bidirectional attention", """{ "use_bidirectional_attention": true }""")]
    [InlineData("gemma2", "ConfigValueInvalid", "attn_logit_softcapping", """{ "attn_logit_softcapping": 0 }""")]
    [InlineData("gpt_neo", "OptionNotSupported", "attention layer \"wide\"", """{ "attention_layers": ["wide", "global", "local"] }""")]
    [InlineData("gpt_neo", "ConfigValueInvalid", "attention_types", """{ "attention_types": [["global"]] }""")]
    [InlineData("gptj", "ConfigValueInvalid", "rotary_dim", """{ "rotary_dim": 7 }""")]
    [InlineData("smollm3", "ConfigValueInvalid", "no_rope_layers", """{ "no_rope_layers": [1] }""")]
    public void An_option_that_is_not_supported_or_makes_no_sense_is_refused_by_name(string recipe, string errorId, string says, string change)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(recipe));
        Change(checkpoint, change);
        var error = Refusal.Expect(errorId, () => checkpoint.Load().Dispose());
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qwen2_moe", "qwen2")]
    [InlineData("mixtral", "mistral")]
    [InlineData("gemma3", "gemma")]
    [InlineData("gpt_bigcode", "gpt_neo")]
    public void An_architecture_that_is_not_known_is_refused_with_the_nearest_that_is(string modelType, string nearest)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config("llama"));
        Change(checkpoint, $$"""{ "model_type": "{{modelType}}" }""");
        var error = Refusal.Expect("ArchitectureNotSupported", () => checkpoint.Load().Dispose());
        Assert.Contains($"model_type \"{modelType}\" is not supported (nearest is {nearest}): it may be gpt2, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_before_and_after_transformers_5_say_the_same()
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config("llama"));
        Change(checkpoint, """{ "rope_theta": 777, "rope_scaling": { "type": "linear", "factor": 3 }, "partial_rotary_factor": 0.5, "torch_dtype": "float32" }""");
        using var before = checkpoint.Load();
        Change(checkpoint, """{ "rope_theta": null, "rope_scaling": null, "partial_rotary_factor": null, "rope_parameters": { "rope_type": "linear", "factor": 3, "rope_theta": 777, "partial_rotary_factor": 0.5 } }""");
        using var after = checkpoint.Load();
        Assert.Equal(before.NextLogits([[1, 2, 3, 4]], Cancellation)[0], after.NextLogits([[1, 2, 3, 4]], Cancellation)[0]);
    }

    [Fact]
    public void A_checkpoint_without_a_head_has_hidden_states_and_says_that_it_has_no_logits()
    {
        using var checkpoint = new RandomCheckpoint(new Dictionary<string, object?>(DecoderRecipes.Config("mistral"), StringComparer.Ordinal) { ["architectures"] = new[] { "MistralModel" } });
        using var model = checkpoint.Load();
        Assert.Contains("no logits", model.Note, StringComparison.Ordinal);
        Assert.DoesNotContain(ActivationName.Logits, model.ActivationNames);
        Assert.Single(TextEmbedder.Embed(model, [TokenSequence.FromIds(model, [1, 2, 3])], cancellation: Cancellation));
        Refusal.Expect("HeadMissing", () => model.NextLogits([[1]], Cancellation));
    }

    [Fact]
    public void Opts_first_position_is_the_third_row_of_its_table()
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config("opt"));
        using var model = checkpoint.Load();
        var positions = PositionVector.Of(model);
        Assert.Equal(40, positions.Count);
        using var values = model.Run([[3, 1, 4]], new ActivationSelection(ActivationName.PositionEmbed), Cancellation);
        Assert.Equal(positions.Take(3).SelectMany(position => position.Vector), values.Row(ActivationName.PositionEmbed, 0).Values.ToArray());
    }

    private static void Change(RandomCheckpoint checkpoint, string change)
    {
        var path = Path.Join(checkpoint.Folder, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        foreach (var (key, value) in JsonNode.Parse(change)!.AsObject())
        {
            config[key] = value?.DeepClone();
        }

        File.WriteAllText(path, config.ToJsonString());
    }
}
