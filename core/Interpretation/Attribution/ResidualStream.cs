using Gptx.Activations;
using Gptx.Graphs;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>What the last residual stream is the sum of, and the way from there to the logits; read off the forward pass as it is written.</summary>
/// <param name="Last">The value that goes into the final norm.</param>
/// <param name="Parts">The activations that it is the sum of.</param>
/// <param name="ToLogits">The way to the logits.</param>
internal sealed record ResidualStream(NamedValue Last, IReadOnlyList<NamedValue> Parts, LinearPath ToLogits)
{
    private static readonly string[] EmbeddingNames = [ActivationName.Embed, ActivationName.PositionEmbed, ActivationName.TokenTypeEmbed];

    /// <summary>Reads a model's residual stream.</summary>
    /// <exception cref="GptxException"><c>AttributionNotSupported</c>: it is no sum of what layers add; <c>CheckpointNeeded</c>: an ONNX model.</exception>
    public static ResidualStream Of(LanguageModel model)
    {
        var graph = model.RequireGraph();
        var last = graph.Find(ActivationName.ResidPost(model.Shape.Blocks - 1))!;
        var path = ToLogitsOf(model) ?? throw NotSupported(model, "its logits are not made out of the residual stream by a norm and matrices alone");
        var parts = new List<NamedValue>();
        Collect(last.Value, [.. graph.Activations.Where(IsPart)], parts, model);
        return new ResidualStream(last, [.. graph.Activations.Where(named => parts.Any(part => ReferenceEquals(part, named)))], path);
    }

    /// <summary>The way from the last residual stream to the logits; null where it is more than norms and matrices.</summary>
    public static LinearPath? ToLogitsOf(LanguageModel model)
    {
        var graph = model.RequireGraph();
        return graph.Find(ActivationName.Logits) is { } logits && graph.Find(ActivationName.ResidPost(model.Shape.Blocks - 1)) is { } last
            ? LinearPath.Between(last.Value, logits.Value)
            : null;
    }

    private static bool IsPart(NamedValue named) =>
        EmbeddingNames.Contains(named.Name) || named.Name.EndsWith(".attn_out", StringComparison.Ordinal) || named.Name.EndsWith(".mlp_out", StringComparison.Ordinal);

    private static void Collect(Value value, List<NamedValue> known, List<NamedValue> parts, LanguageModel model)
    {
        if (known.FirstOrDefault(named => LinearPath.IsSame(named.Value, value)) is { } part)
        {
            parts.Add(part);
        }
        else if (value.Producer is AddOperation sum)
        {
            Collect(sum.Left, known, parts, model);
            Collect(sum.Right, known, parts, model);
        }
        else
        {
            throw NotSupported(model, "norms stand on its residual stream, so that what a layer adds is scaled again by every later one");
        }
    }

    private static GptxException NotSupported(LanguageModel model, string why) => new(
        GptxErrorKind.InvalidArgument,
        "AttributionNotSupported",
        $"the logits of {model.Name} ({model.ModelType}) are no sum of parts: {why}; ablation, patching and occlusion can be had");
}
