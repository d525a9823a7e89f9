using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Graphs.Foreign;

namespace Gptx.Inference;

/// <summary>The sizes of an ONNX model, out of a config of any architecture: only what names have in common is asked for.</summary>
internal static class ForeignShape
{
    private const int DefaultContext = 2048;
    private const int MlpFactor = 4;

    /// <summary>Reads them; the vocabulary is what the graph says that its logits have, if it says and they are not scores of classes.</summary>
    /// <exception cref="GptxException"><c>ConfigKeyMissing</c>, <c>ConfigValueInvalid</c>, <c>ConfigInvalid</c>.</exception>
    public static ModelShape Of(ModelConfig config, ForeignModel model, ModelTask task)
    {
        var width = config.GetSize("hidden_size", "n_embd", "dim", "d_model");
        var heads = config.GetSize("num_attention_heads", "n_head", "n_heads", "num_heads");
        var logits = task is ModelTask.NextToken or ModelTask.FillMask ? model.Outputs.FirstOrDefault(output => output.Name == "logits")?.Shape : null;
        return ConfigCheck.Plausible(config, new ModelShape(
            config.GetSize("num_hidden_layers", "n_layer", "n_layers", "num_layers"),
            heads,
            config.FindSize("num_key_value_heads") ?? heads,
            config.FindSize("head_dim") ?? Math.Max(1, width / heads),
            width,
            config.FindSize("intermediate_size", "n_inner", "hidden_dim", "ffn_dim") ?? (int)Math.Min(int.MaxValue, (long)MlpFactor * width),
            logits is [_, _, > 0 and <= int.MaxValue and var size] ? (int)size : config.GetSize("vocab_size"),
            config.FindSize("max_position_embeddings", "n_positions", "n_ctx", "seq_length") ?? DefaultContext,
            LearnsPositions: !model.Graph.Node.Any(node => node.OpType is "Cos")));
    }
}
