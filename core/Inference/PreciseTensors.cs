using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Inference;

/// <summary>The tensors of a checkpoint as a precision has them: what the matrix products and tables of its graph read is rounded, everything else as it was.</summary>
internal static class PreciseTensors
{
    /// <summary>All tensors, those that change under their own names.</summary>
    public static IReadOnlyDictionary<string, CheckpointTensor> Of(IReadOnlyDictionary<string, CheckpointTensor> tensors, Graph graph, Precision precision)
    {
        if (precision == Precision.Auto)
        {
            return tensors;
        }

        var changed = new Dictionary<string, CheckpointTensor>(tensors, StringComparer.Ordinal);
        foreach (var (name, storedInOut) in Matrices(graph).DistinctBy(matrix => matrix.Name))
        {
            if (tensors.TryGetValue(name, out var tensor) && Change(tensor, storedInOut, precision) is { } change)
            {
                changed[name] = tensor.As(name, change);
            }
        }

        return changed;
    }

    /// <summary>The weights of products and the tables, with how they lie.</summary>
    private static IEnumerable<(string Name, bool StoredInOut)> Matrices(Graph graph) => graph.Operations.SelectMany(operation => operation switch
    {
        LinearOperation { Weight.Producer: WeightOperation weight } linear => [(weight.Name, linear.Layout == WeightLayout.InOut)],
        EmbeddingOperation { Table.Producer: WeightOperation table } => [(table.Name, false)],
        _ => Enumerable.Empty<(string, bool)>(),
    });

    /// <summary>What is done to a tensor; null where it is what is wanted already, or its rows are no whole blocks.</summary>
    private static TensorChange? Change(CheckpointTensor tensor, bool storedInOut, Precision precision) => precision switch
    {
        Precision.Fp32 when tensor.ElementType.IsQuantized() => new Widened(),
        Precision.Fp16 when tensor.ElementType != ElementType.Float16 => new HalfRounding(ElementType.Float16),
        Precision.Bf16 when tensor.ElementType != ElementType.BFloat16 => new HalfRounding(ElementType.BFloat16),
        Precision.Int8 when IsCoarsened(tensor, storedInOut, 8) => new BlockRounding(BlockQuantization.Int8, storedInOut),
        Precision.Int4 when IsCoarsened(tensor, storedInOut, 4) => new BlockRounding(BlockQuantization.Int4, storedInOut),
        _ => null,
    };

    /// <summary>Whether a matrix can be kept in so many bits and is not so already.</summary>
    private static bool IsCoarsened(CheckpointTensor tensor, bool storedInOut, int bits) =>
        tensor.ElementType.IsFloat() && BlockRounding.Fits(tensor, storedInOut) && !(tensor.Blocks(storedInOut)?.Form.Bits <= bits);
}
