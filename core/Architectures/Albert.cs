using Gptx.Activations;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// ALBERT (Lan et al. 2019): BERT whose blocks share their weights, in groups, and whose embeddings are narrower than the model. A block that
/// stands for several inner layers counts as so many. Source: transformers' modeling_albert.
/// </summary>
public sealed class Albert : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "albert";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        tensors.TryPrefix("albert.");
        EncoderConfig.CheckPlain(config);
        var task = EncoderConfig.Task(config, tensors, "Albert", "predictions.dense.weight", ModelTask.FillMask);
        var layers = config.GetSize("num_hidden_layers");
        var groups = config.FindSize("num_hidden_groups") ?? 1;
        var inner = config.FindSize("inner_group_num") ?? 1;
        if (groups > layers)
        {
            throw config.Invalid("num_hidden_groups", $"at most num_hidden_layers, {layers}");
        }

        var shape = EncoderConfig.Shape(config, config.GetSize("hidden_size"), config.GetSize("num_attention_heads"), (int)Math.Min((long)layers * inner, int.MaxValue), config.GetSize("intermediate_size"));
        var g = new Encoder(config, tensors, shape, EncoderConfig.Epsilon(config));
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "gelu_new");
        var embedded = g.Embed("embeddings", config.FindSize("embedding_size") ?? 128, hasTypes: true); // [T, E]
        var x = g.Linear(embedded, "encoder.embedding_hidden_mapping_in", shape.Width, bias: true); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, group) = (i, (int)(i / inner / ((double)layers / groups)));
            var tensor = $"encoder.albert_layer_groups.{group}.albert_layers.{i % inner}";
            var name = $"{tensor}.attention";
            x = g.Sequential(
                block,
                x,
                u => g.Linear(g.Attend(block, u, $"{name}.query", $"{name}.key", $"{name}.value"), $"{name}.dense", shape.Width, bias: true),
                u => g.Mlp(block, u, $"{tensor}.ffn", $"{tensor}.ffn_output", activation),
                u => g.Norm(u, $"{name}.LayerNorm"),
                u => g.Norm(u, $"{tensor}.full_layer_layer_norm"));
        }

        g.Graph.Name(ActivationName.FinalNorm, x);
        if (task == ModelTask.ClassifyText || (task == ModelTask.Encode && tensors.Find("pooler.weight") is not null))
        {
            var pooled = g.Pool(x, "pooler");
            if (task == ModelTask.ClassifyText)
            {
                g.ClassifyText(pooled, "classifier");
            }
        }
        else if (task == ModelTask.FillMask)
        {
            g.FillMask(x, "predictions.dense", "predictions.LayerNorm", activation, "predictions.decoder", "predictions.bias", "predictions.decoder.bias");
        }
        else
        {
            g.TokenHead(task, x);
        }

        return g.Finish(task);
    }
}
