using System.Text.Json.Nodes;
using Gptx.Inference;
using Gptx.Tests.Checkpoints;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Architectures;

public class Gpt2ConfigTests
{
    [Theory]
    [InlineData("ArchitectureNotSupported", "model_type", "\"gpt2000\"")]
    [InlineData("OptionNotSupported", "activation_function", "\"cosine\"")]
    [InlineData("OptionNotSupported", "add_cross_attention", "true")]
    [InlineData("OptionNotSupported", "architectures", "[\"GPT2ForSequenceClassification\"]")]
    [InlineData("ConfigInvalid", "n_head", "5")]
    [InlineData("TensorShapeWrong", "n_embd", "27")]
    [InlineData("TensorShapeWrong", "vocab_size", "38")]
    [InlineData("TensorShapeWrong", "n_positions", "23")]
    [InlineData("TensorShapeWrong", "n_inner", "95")]
    [InlineData("TensorMissing", "n_layer", "3")]
    [InlineData("TensorMissing", "tie_word_embeddings", "false")]
    public void A_config_that_does_not_fit_is_refused(string errorId, string key, string value)
    {
        using var checkpoint = new RandomGpt2();
        var path = Path.Join(checkpoint.Folder, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!;
        config[key] = JsonNode.Parse(value);
        File.WriteAllText(path, config.ToJsonString());
        var error = Refusal.Expect(errorId, () => checkpoint.Load().Dispose());
        Assert.Equal(GptxErrorKind.ModelNotLoadable, error.Kind);
        Assert.Contains(checkpoint.Folder, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_config_leaves_out_is_gpt2s_default()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Heads = 12, HeadWidth = 1, Blocks = 12 });
        var path = Path.Join(checkpoint.Folder, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        using var full = checkpoint.Load();
        foreach (var key in (string[])["n_head", "n_layer", "n_inner", "activation_function", "layer_norm_epsilon", "scale_attn_weights", "scale_attn_by_inverse_layer_idx", "tie_word_embeddings", "architectures"])
        {
            config.Remove(key);
        }

        File.WriteAllText(path, config.ToJsonString());
        using var brief = checkpoint.Load();
        Assert.Equal(full.Shape, brief.Shape);
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(full.NextLogits([[1, 2, 3]], cancellation)[0], brief.NextLogits([[1, 2, 3]], cancellation)[0]);
    }

    [Fact]
    public void Left_over_tensors_are_said_to_be_unused()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        var summary = ModelSummary.Of(model);
        Assert.Empty(summary.UnusedTensors);
        Assert.Equal((2, 3, 8, 24, 96, 37, 24), (summary.Blocks, summary.Heads, summary.HeadWidth, summary.Width, summary.MlpWidth, summary.VocabularySize, summary.ContextLength));
        Assert.Equal(model.Checkpoint.Tensors.Values.Sum(tensor => tensor.Count), summary.Parameters);
    }
}
