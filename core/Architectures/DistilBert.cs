using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>DistilBERT (Sanh et al. 2019): BERT without kinds of tokens and without a pooler. Source: transformers' modeling_distilbert.</summary>
public sealed class DistilBert : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "distilbert";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        tensors.TryPrefix("distilbert.");
        EncoderConfig.CheckPlain(config);
        var task = EncoderConfig.Task(config, tensors, "DistilBert", "vocab_transform.weight");
        var (width, heads) = (config.GetSize("dim", "hidden_size"), config.GetSize("n_heads", "num_attention_heads"));
        var shape = EncoderConfig.Shape(config, width, heads, config.GetSize("n_layers", "num_hidden_layers"), config.GetSize("hidden_dim"));
        var g = new Encoder(config, tensors, shape, 1e-12f);
        var activation = ActivationFunctionNames.Parse(config, "activation", "gelu");
        var x = g.Embed("embeddings", width, hasTypes: false); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"transformer.layer.{i}");
            var name = $"{tensor}.attention";
            x = g.Sequential(
                block,
                x,
                u => g.Linear(g.Attend(block, u, $"{name}.q_lin", $"{name}.k_lin", $"{name}.v_lin"), $"{name}.out_lin", width, bias: true),
                u => g.Mlp(block, u, $"{tensor}.ffn.lin1", $"{tensor}.ffn.lin2", activation),
                u => g.Norm(u, $"{tensor}.sa_layer_norm"),
                u => g.Norm(u, $"{tensor}.output_layer_norm"));
        }

        g.Graph.Name(ActivationName.FinalNorm, x);
        switch (task)
        {
            case ModelTask.FillMask:
                g.FillMask(x, "vocab_transform", "vocab_layer_norm", activation, "vocab_projector", "vocab_projector.bias");
                break;
            case ModelTask.ClassifyText:
                g.ClassifyText(g.First(x, "pre_classifier", ActivationFunction.Relu), "classifier");
                break;
            default:
                g.TokenHead(task, x);
                break;
        }

        return g.Finish(task);
    }
}
