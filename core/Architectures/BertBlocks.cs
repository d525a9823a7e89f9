using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>BERT's blocks, which RoBERTa and ELECTRA have too: norms after each sum.</summary>
internal static class BertBlocks
{
    /// <summary>All blocks over what was embedded: [T, D].</summary>
    public static Value Over(Encoder g, Value x, ModelShape shape)
    {
        var activation = ActivationFunctionNames.Parse(g.Config, "hidden_act", "gelu");
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"encoder.layer.{i}");
            x = g.Sequential(
                block,
                x,
                u => g.Linear(g.Attend(block, u, $"{tensor}.attention.self.query", $"{tensor}.attention.self.key", $"{tensor}.attention.self.value"), $"{tensor}.attention.output.dense", shape.Width, bias: true),
                u => g.Mlp(block, u, $"{tensor}.intermediate.dense", $"{tensor}.output.dense", activation),
                u => g.Norm(u, $"{tensor}.attention.output.LayerNorm"),
                u => g.Norm(u, $"{tensor}.output.LayerNorm"));
        }

        return g.Graph.Name(Activations.ActivationName.FinalNorm, x);
    }
}
