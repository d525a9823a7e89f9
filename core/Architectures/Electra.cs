using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// ELECTRA (Clark et al. 2020): BERT whose embeddings may be narrower than the model; a generator fills masks, a discriminator says which tokens
/// were replaced. Source: transformers' modeling_electra.
/// </summary>
public sealed class Electra : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "electra";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        tensors.TryPrefix("electra.");
        EncoderConfig.CheckPlain(config);
        var task = EncoderConfig.Task(config, tensors, "Electra", "generator_predictions.dense.weight", ModelTask.DetectReplaced);
        var shape = EncoderConfig.Shape(config);
        var g = new Encoder(config, tensors, shape, EncoderConfig.Epsilon(config));
        var width = config.FindSize("embedding_size") ?? 128;
        var embedded = g.Embed("embeddings", width, hasTypes: true); // [T, E]
        var x = BertBlocks.Over(g, width == shape.Width ? embedded : g.Linear(embedded, "embeddings_project", shape.Width, bias: true), shape); // [T, D]
        switch (task)
        {
            case ModelTask.FillMask:
                g.FillMask(x, "generator_predictions.dense", "generator_predictions.LayerNorm", ActivationFunction.Gelu, "generator_lm_head", "generator_lm_head.bias");
                break;
            case ModelTask.DetectReplaced:
                var activation = ActivationFunctionNames.Parse(config, "hidden_act", "gelu");
                var inner = g.Graph.Activation(g.Linear(x, "discriminator_predictions.dense", shape.Width, bias: true), activation);
                g.Graph.Name(ActivationName.Logits, g.Linear(inner, "discriminator_predictions.dense_prediction", 1, bias: true));
                break;
            case ModelTask.ClassifyText:
                g.ClassifyText(g.First(x, "classifier.dense", ActivationFunction.Gelu), "classifier.out_proj");
                break;
            default:
                g.TokenHead(task, x);
                break;
        }

        return g.Finish(task);
    }
}
