using Gptx.Activations;
using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Gptx.Onnx;

namespace Gptx.Inference;

/// <summary>Interventions as a graph is fed them: for each activation that is changed, what it is multiplied by and what is then added.</summary>
/// <param name="Names">The activations, in the order of the forward pass.</param>
/// <param name="Inputs">Two inputs for each.</param>
internal sealed record InterventionFeed(IReadOnlyList<string> Names, IReadOnlyList<OnnxInput> Inputs)
{
    /// <summary>Interventions on rows of these lengths.</summary>
    public static InterventionFeed Of(Graph graph, IReadOnlyList<Intervention> interventions, IReadOnlyList<int> lengths)
    {
        if (interventions.Count == 0)
        {
            return new InterventionFeed([], []);
        }

        var sites = interventions.Select(intervention => Site(graph, intervention.Name).Name).ToHashSet(StringComparer.Ordinal);
        var changes = graph.Activations.Where(site => sites.Contains(site.Name))
            .Select(site => SiteChange.Of(site, [.. interventions.Where(intervention => intervention.Name == site.Name)], lengths))
            .ToList();
        return new InterventionFeed([.. changes.Select(change => change.Name)], [.. changes.SelectMany(change => change.Inputs)]);
    }

    /// <summary>Interventions that go on while rows grow: each is the same at every position and in every row.</summary>
    /// <exception cref="GptxException"><c>InterventionInvalid</c>: one names positions or a row.</exception>
    public static InterventionFeed AtEveryPosition(Graph graph, IReadOnlyList<Intervention> interventions)
    {
        if (interventions.FirstOrDefault(intervention => intervention.Positions is not null || intervention.Row is not null) is { } one)
        {
            throw Invalid($"'{one.Name}' was to be changed at some positions or rows: while text is generated it is changed at all");
        }

        return Of(graph, interventions, [1]);
    }

    /// <summary>The activation of that name, if something can be put in there.</summary>
    /// <exception cref="GptxException"><c>ActivationNotFound</c>, <c>InterventionInvalid</c>.</exception>
    public static NamedValue Site(Graph graph, string name)
    {
        var found = graph.Find(new ActivationSelection(name).Resolve([.. graph.Activations.Select(named => named.Name)])[0])!;
        return InterventionLowering.Takes(found) && found.Name == name
            ? found
            : throw Invalid($"nothing can be put in at '{name}': it must be one activation with a row a token, such as blocks.0.resid_pre, blocks.0.attn.z or blocks.0.mlp_out");
    }

    /// <summary>The error of a graph that is not ours.</summary>
    public static GptxException NotSupported(string model) => new(
        GptxErrorKind.InvalidArgument,
        "CheckpointNeeded",
        $"{model} is an ONNX model: its graph is fixed and its weights lie inside of it, so nothing can be put into it and its parts have no names; this can be had of the checkpoint that it was made from");

    /// <summary>The error of an intervention that does not fit.</summary>
    public static GptxException Invalid(string message) => new(GptxErrorKind.InvalidArgument, "InterventionInvalid", message);
}
