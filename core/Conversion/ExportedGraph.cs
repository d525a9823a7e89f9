using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Graphs;
using Gptx.Graphs.Lowering;

namespace Gptx.Conversion;

/// <summary>The outputs that exporters give a model by its task, and what these are called there.</summary>
internal static class ExportedGraph
{
    private const string LastHiddenState = "last_hidden_state";

    /// <summary>The model, with weights where they are said to lie.</summary>
    public static OnnxModel Of(Transformer transformer, Func<string, StoredWeight> weights)
    {
        string[] wanted = [.. Outputs(transformer)];
        return OnnxLowering.Lower(transformer.Graph, new LoweringOptions(wanted, CacheForm.Exported, weights)
        {
            NameOf = name => name == ActivationName.FinalNorm ? LastHiddenState : name,
        });
    }

    private static IEnumerable<string> Outputs(Transformer transformer)
    {
        string[] heads = [ActivationName.Logits, ActivationName.StartLogits, ActivationName.EndLogits];
        var found = heads.Where(name => transformer.Graph.Find(name) is not null).ToList();
        if (found.Count > 0)
        {
            return found;
        }

        return transformer.Graph.Find(ActivationName.PoolerOutput) is null ? [ActivationName.FinalNorm] : [ActivationName.FinalNorm, ActivationName.PoolerOutput];
    }
}
