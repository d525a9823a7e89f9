using Gptx.Graphs.Proto;

namespace Gptx.Graphs.Foreign;

/// <summary>
/// The inner values of a transformer that are found in a graph by how it is built, whatever its nodes are called: attention patterns by their softmax,
/// the residual stream as what all ways from one attention to the next pass last.
/// </summary>
/// <param name="Patterns">The attention pattern of each block; null where a fused operator keeps it.</param>
/// <param name="ResidualsAfter">What leaves each block; null where it was not found.</param>
/// <param name="FirstResidual">What enters the first block.</param>
/// <param name="FinalNorm">What leaves the last norm, before any head.</param>
/// <param name="FusedInto">The operators that keep patterns to themselves.</param>
/// <param name="WhyNone">Why nothing was found; null where something was.</param>
internal sealed record InnerValues(
    IReadOnlyList<string?> Patterns,
    IReadOnlyList<string?> ResidualsAfter,
    string? FirstResidual,
    string? FinalNorm,
    IReadOnlyList<string> FusedInto,
    string? WhyNone = null)
{
    private const int MostNodes = 500_000;
    private const int SumOfSkipNorm = 3;

    private static readonly HashSet<string> Projections = new(StringComparer.Ordinal)
    {
        "MatMul", "Gemm", "FusedMatMul", "Einsum", "MatMulNBits", "MatMulBnb4", "DynamicQuantizeLinear", "MatMulInteger", "DynamicQuantizeMatMul",
        "MatMulIntegerToFloat", "QLinearMatMul", "QGemm", "Conv",
    };

    /// <summary>Looks for them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="blocks">The blocks that the config promises.</param>
    /// <param name="sink">The output at the end of the stream.</param>
    public static InnerValues Find(GraphProto graph, int blocks, string sink)
    {
        if (graph.Node.Count > MostNodes)
        {
            return None($"its graph has {graph.Node.Count} nodes, too many to be searched");
        }

        var flow = new ValueFlow(graph, sink);
        var sites = AttentionSite.All(flow);
        if (sites.Count != blocks)
        {
            return None(graph.Node.Any(node => node.OpType is "If" or "Loop" or "Scan")
                ? "its blocks lie inside of branches (If), whose values no graph hands out"
                : $"its graph attends in {sites.Count} places, and the config speaks of {blocks} blocks");
        }

        var residuals = Residuals(flow, sites);
        return new InnerValues(
            [.. sites.Select(site => site.Pattern)],
            [.. residuals.Select(point => NameOf(flow, point))],
            flow.Find("input_ids") is { } start ? NameOf(flow, Last(flow, start, sites[0].Point)) : null,
            Final(flow, sites[^1].Point, residuals[^1], sink),
            [.. sites.Select(site => site.FusedInto).OfType<string>().Distinct(StringComparer.Ordinal)]);
    }

    private static InnerValues None(string why) => new([], [], null, null, [], why);

    private static int?[] Residuals(ValueFlow flow, IReadOnlyList<AttentionSite> sites)
    {
        var residuals = new int?[sites.Count];
        for (var block = 0; block + 1 < sites.Count; block++)
        {
            residuals[block] = Last(flow, sites[block].Point, sites[block + 1].Point);
        }

        // Nothing attends after the last block: its stream ends as many steps behind it as in the block before.
        if (sites.Count > 1 && residuals[^2] is { } example)
        {
            var steps = flow.Narrows(sites[^2].Point, sites[^1].Point).Index().First(step => step.Item == example).Index;
            var ways = flow.Narrows(sites[^1].Point, null);
            residuals[^1] = steps < ways.Count && KindOf(flow, ways[steps]) == KindOf(flow, example) ? ways[steps] : null;
        }

        return residuals;
    }

    private static int? Last(ValueFlow flow, int from, int to)
    {
        var between = flow.Between(from, to);
        return flow.Narrows(from, to).Where(between.Contains).Select(point => (int?)point).LastOrDefault();
    }

    private static string? KindOf(ValueFlow flow, int point) => flow.NodeAt(point)?.OpType;

    /// <summary>The value of a point; of a norm that adds first, its sum, where the graph has it as an output of the node.</summary>
    private static string? NameOf(ValueFlow flow, int? point) => point switch
    {
        null => null,
        { } at when flow.NodeAt(at) is { } node => node.OpType.StartsWith("Skip", StringComparison.Ordinal) && node.Output.Count > SumOfSkipNorm
            && node.Output[SumOfSkipNorm].Length > 0 ? node.Output[SumOfSkipNorm] : null,
        { } at => flow.ValueAt(at),
    };

    /// <summary>What is multiplied first after the last block, before it was reshaped; the sink itself where nothing is.</summary>
    private static string? Final(ValueFlow flow, int lastAttention, int? lastResidual, string sink)
    {
        if (lastResidual is not { } from)
        {
            return null;
        }

        var final = NameOf(flow, from);
        foreach (var point in flow.Narrows(lastAttention, null).SkipWhile(point => point != from).Skip(1))
        {
            if (flow.NodeAt(point) is { } node)
            {
                if (Projections.Contains(node.OpType) || node.OpType is "Reshape" or "Slice" or "Gather")
                {
                    return final;
                }
            }
            else
            {
                final = flow.ValueAt(point);
            }
        }

        return final == sink ? sink : null;
    }
}
