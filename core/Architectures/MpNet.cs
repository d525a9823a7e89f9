using Gptx.Activations;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// MPNet (Song et al. 2020): RoBERTa with a bias on scores by the distance of two tokens, one table for all blocks. Source: transformers'
/// modeling_mpnet, which counts positions from padding token 1 and 32 kinds of distances whatever the config says.
/// </summary>
public sealed class MpNet : IArchitecture
{
    private const int Padding = 1;
    private const int Buckets = 32;

    /// <inheritdoc/>
    public string ModelType => "mpnet";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        tensors.TryPrefix("mpnet.");
        EncoderConfig.CheckPlain(config);
        var task = EncoderConfig.Task(config, tensors, "MPNet", "lm_head.dense.weight");
        var shape = EncoderConfig.Shape(config, rowsBefore: Padding + 1);
        var g = new Encoder(config, tensors, shape, EncoderConfig.Epsilon(config));
        var rows = config.FindSize("relative_attention_num_buckets") ?? Buckets;
        if (rows < Buckets)
        {
            throw ConfigCheck.NotSupported(config, $"relative_attention_num_buckets {rows} is not supported: it must be at least {Buckets}");
        }

        var x = g.Embed("embeddings", shape.Width, hasTypes: false, Padding); // [T, D]
        var table = g.Weight("encoder.relative_attention_bias.weight", rows, shape.Heads);
        var bias = g.Graph.DistanceBias(table, DistanceBuckets.Of(shape.ContextLength, Buckets, mostDistance: 128));
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "gelu");
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"encoder.layer.{i}");
            var name = $"{tensor}.attention.attn";
            x = g.Sequential(
                block,
                x,
                u => g.Linear(g.Attend(block, u, $"{name}.q", $"{name}.k", $"{name}.v", bias), $"{name}.o", shape.Width, bias: true),
                u => g.Mlp(block, u, $"{tensor}.intermediate.dense", $"{tensor}.output.dense", activation),
                u => g.Norm(u, $"{tensor}.attention.LayerNorm"),
                u => g.Norm(u, $"{tensor}.output.LayerNorm"));
        }

        g.Graph.Name(ActivationName.FinalNorm, x);
        return RobertaHeads.Over(g, x, task, tensors);
    }
}
