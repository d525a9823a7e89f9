using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// RoBERTa (Liu et al. 2019): BERT with positions counted from the row after the padding token's. XLM-RoBERTa (Conneau et al. 2019) is the same
/// with another vocabulary. Source: transformers' modeling_roberta.
/// </summary>
/// <param name="modelType">Its <c>model_type</c>.</param>
/// <param name="family">What its class names begin with.</param>
public sealed class Roberta(string modelType = "roberta", string family = "Roberta") : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => modelType;

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        tensors.TryPrefix("roberta.");
        EncoderConfig.CheckPlain(config);
        var task = EncoderConfig.Task(config, tensors, family, "lm_head.dense.weight");
        var padding = config.FindInt32("pad_token_id") ?? 1;
        if (padding < 0 || padding >= config.GetSize("vocab_size"))
        {
            throw config.Invalid("pad_token_id", "the id of a token");
        }

        var shape = EncoderConfig.Shape(config, rowsBefore: padding + 1);
        var g = new Encoder(config, tensors, shape, EncoderConfig.Epsilon(config));
        var x = BertBlocks.Over(g, g.Embed("embeddings", shape.Width, hasTypes: true, padding), shape); // [T, D]
        return RobertaHeads.Over(g, x, task, tensors);
    }
}
