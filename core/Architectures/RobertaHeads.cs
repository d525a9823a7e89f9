using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>RoBERTa's heads, which MPNet has too.</summary>
internal static class RobertaHeads
{
    /// <summary>Writes the head of a task over the last hidden state and ends the forward pass.</summary>
    /// <param name="g">The graph so far.</param>
    /// <param name="x">What left the last block, [T, D].</param>
    /// <param name="task">What the checkpoint was made for.</param>
    /// <param name="tensors">The checkpoint's tensors: a pooler may be missing.</param>
    public static Transformer Over(Encoder g, Value x, ModelTask task, CheckpointTensors tensors)
    {
        switch (task)
        {
            case ModelTask.Encode when tensors.Find("pooler.dense.weight") is not null:
                g.Pool(x, "pooler.dense");
                break;
            case ModelTask.FillMask:
                g.FillMask(x, "lm_head.dense", "lm_head.layer_norm", ActivationFunction.Gelu, "lm_head.decoder", "lm_head.bias", "lm_head.decoder.bias");
                break;
            case ModelTask.ClassifyText:
                g.ClassifyText(g.First(x, "classifier.dense", ActivationFunction.Tanh), "classifier.out_proj");
                break;
            default:
                g.TokenHead(task, x);
                break;
        }

        return g.Finish(task);
    }
}
