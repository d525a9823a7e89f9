using Gptx.Graphs.Proto;

namespace Gptx.Graphs.Foreign;

/// <summary>Where a graph attends: a softmax whose result is multiplied with the values, or one operator that does it all.</summary>
/// <param name="Point">Its node in the flow.</param>
/// <param name="Pattern">The value with the probabilities; null where a fused operator keeps them to itself.</param>
/// <param name="FusedInto">The name of that operator; null where there is none.</param>
internal sealed record AttentionSite(int Point, string? Pattern, string? FusedInto)
{
    private const int MostSteps = 4;

    private static readonly HashSet<string> Fused = new(StringComparer.Ordinal)
    {
        "GroupQueryAttention", "MultiHeadAttention", "Attention", "PackedAttention", "PackedMultiHeadAttention",
        "DecoderMaskedMultiHeadAttention", "DecoderMaskedSelfAttention", "PagedAttention", "SparseAttention",
    };

    /// <summary>All places of a graph, in the order of the forward pass.</summary>
    public static IReadOnlyList<AttentionSite> All(ValueFlow flow)
    {
        var sites = new List<AttentionSite>();
        foreach (var point in flow.Nodes)
        {
            var node = flow.NodeAt(point)!;
            if (Fused.Contains(node.OpType))
            {
                sites.Add(new AttentionSite(point, null, node.OpType));
            }
            else if (node.OpType == "Softmax" && IsOverKeys(node) && PatternOf(flow, node.Output[0]) is { } pattern)
            {
                sites.Add(new AttentionSite(point, pattern, null));
            }
        }

        return sites;
    }

    private static bool IsOverKeys(NodeProto softmax) =>
        softmax.Output.Count > 0 && softmax.Attribute.FirstOrDefault(attribute => attribute.Name == "axis") is null or { I: -1 or 3 };

    /// <summary>The value that goes into the product with the values: the softmax itself, or what casts and guards against rows of nothing make of it.</summary>
    private static string? PatternOf(ValueFlow flow, string value)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var consumers = flow.Consumers(value).Where(node => node.OpType != "IsNaN").ToList();
            if (consumers.Exists(node => node.Input[0] == value && node.OpType is "MatMul" or "Einsum" or "FusedMatMul" or "DynamicQuantizeLinear"))
            {
                return value;
            }

            if (consumers is not [{ OpType: "Where" or "Cast" or "Identity" or "Dropout", Output: [{ Length: > 0 } next, ..] }])
            {
                return null;
            }

            value = next;
        }

        return null;
    }
}
