using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// BERT (Devlin et al. 2018): every token sees every other; embeddings of token, text and position; norms after each layer.
/// Source: transformers' modeling_bert.
/// </summary>
public sealed class Bert : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "bert";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        tensors.TryPrefix("bert.");
        EncoderConfig.CheckPlain(config);
        var task = EncoderConfig.Task(config, tensors, "Bert", "cls.predictions.transform.dense.weight", ModelTask.FillMask);
        var shape = EncoderConfig.Shape(config);
        var g = new Encoder(config, tensors, shape, EncoderConfig.Epsilon(config));
        var x = BertBlocks.Over(g, g.Embed("embeddings", shape.Width, hasTypes: true), shape); // [T, D]
        if (task == ModelTask.ClassifyText || (task == ModelTask.Encode && tensors.Find("pooler.dense.weight") is not null))
        {
            var pooled = g.Pool(x, "pooler.dense");
            if (task == ModelTask.ClassifyText)
            {
                g.ClassifyText(pooled, "classifier");
            }
        }
        else if (task == ModelTask.FillMask)
        {
            var activation = ActivationFunctionNames.Parse(config, "hidden_act", "gelu");
            const string Head = "cls.predictions";
            g.FillMask(x, $"{Head}.transform.dense", $"{Head}.transform.LayerNorm", activation, $"{Head}.decoder", $"{Head}.bias", $"{Head}.decoder.bias");
        }
        else
        {
            g.TokenHead(task, x);
        }

        return g.Finish(task);
    }
}
