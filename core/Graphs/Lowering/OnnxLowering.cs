namespace Gptx.Graphs.Lowering;

/// <summary>
/// The one place where a forward pass becomes ONNX operators. What the wanted outputs do not need is not written at all; the operators
/// are picked by cache and by what is looked at (standard operators of opset 23, ONNX Runtime's own where they pay).
/// </summary>
public static class OnnxLowering
{
    /// <summary>Name of the output with the logits of the last row of each sequence, [batch, vocabulary], where there is a cache.</summary>
    public const string Logits = "logits";

    /// <summary>Writes the graph as an ONNX model with the wanted activations as outputs.</summary>
    /// <exception cref="ArgumentException">An output is not the name of an activation of the graph.</exception>
    public static OnnxModel Lower(Graph graph, LoweringOptions options)
    {
        var wanted = options.Outputs.Select(name => graph.Find(name) ?? throw new ArgumentException($"the graph has no activation '{name}'", nameof(options))).ToList();
        var fed = options.Fed is { } from ? Site(graph, from) : null;
        var changed = options.Changed.Select(name => Site(graph, name)).ToList();
        var needed = Needed(graph, wanted, fed);
        var onnx = new OnnxBuilder();
        IReadOnlyList<Operation> operations = [.. graph.Operations.Where(needed.Contains)];
        var context = new LoweringContext(onnx, options, wanted.Select(named => named.Name).ToHashSet(StringComparer.Ordinal), operations);
        DeclareCacheInputs(onnx, options, graph);
        foreach (var operation in operations)
        {
            if (ReferenceEquals(operation, fed?.Value.Producer))
            {
                InterventionLowering.Feed(fed, context);
                continue;
            }

            OperationLowering.Lower(graph, operation, context);
            foreach (var site in changed.Where(site => ReferenceEquals(site.Value.Producer, operation)))
            {
                InterventionLowering.Change(site, context);
            }
        }

        foreach (var named in wanted)
        {
            HandOut(named, context);
        }

        return new OnnxModel(onnx.Model(), onnx.Weights, onnx.WeightBytes);
    }

    /// <summary>The operations that the wanted values rest on; with a cache every layer must fill its part of it, and does, since logits rest on all.</summary>
    private static HashSet<Operation> Needed(Graph graph, IReadOnlyList<NamedValue> wanted, NamedValue? fed)
    {
        var needed = new HashSet<Operation>(wanted.Select(named => named.Value.Producer), ReferenceEqualityComparer.Instance);
        foreach (var operation in graph.Operations.Reverse().Where(operation => needed.Contains(operation) && !ReferenceEquals(operation, fed?.Value.Producer)))
        {
            needed.UnionWith(operation.Inputs.Select(input => input.Producer));
        }

        // The shape of every output is read off the token ids.
        needed.UnionWith(graph.Operations.OfType<InputOperation>().Where(input => input.Name == Graph.TokenIds));
        return needed;
    }

    private static NamedValue Site(Graph graph, string name) => graph.Find(name) is { } named && InterventionLowering.Takes(named)
        ? named
        : throw new ArgumentException($"nothing can be put into the graph at '{name}'", nameof(name));

    private static void DeclareCacheInputs(OnnxBuilder onnx, LoweringOptions options, Graph graph)
    {
        var cache = options.Cache;
        if (options.IsExported && graph.IsCausal)
        {
            onnx.Input(Graph.AttentionMask, DataType.Int64, options.Batch, "past_sequence_length + sequence_length");
        }

        if (options.OnlyLastRows)
        {
            onnx.Input(OperationLowering.LastRows, DataType.Int64, "batch");
        }

        if (cache == CacheForm.InPlace)
        {
            onnx.Input(AttentionLowering.LastPositions, DataType.Int32, "batch");
            onnx.Input(AttentionLowering.TotalLength, DataType.Int32, "1");
        }

        if (cache == CacheForm.Growing)
        {
            onnx.Input(AttentionLowering.PastRows, DataType.Int64, "batch");
            foreach (var window in graph.Attentions.Select(attention => attention.Shape.Window).Distinct())
            {
                onnx.Input(AttentionLowering.MaskOf(window), DataType.Float32, "batch", "1", "position", "total");
            }
        }
    }

    private static void HandOut(NamedValue named, LoweringContext context)
    {
        var value = context[named.Value];
        var width = named.Value.Width;
        var options = context.Options;
        var name = options.NameOf(named.Name);
        if (named.Name == Logits && options.OnlyLastRows)
        {
            context.Onnx.Output(name, value, DataType.Float32, options.Batch, $"{width}");
            return;
        }

        switch (named.Form)
        {
            case ActivationForm.Tokens when options.IsExported && width == 1: // as exporters hand out one score a token
                context.ByPositionAs(name, value);
                context.Onnx.DeclareOutput(name, DataType.Float32, options.Batch, options.Position);
                break;
            case ActivationForm.Tokens:
                context.ByPositionAs(name, value, width);
                context.Onnx.DeclareOutput(name, DataType.Float32, options.Batch, options.Position, $"{width}");
                break;
            case ActivationForm.Texts:
                context.Onnx.Output(name, value, DataType.Float32, options.Batch, $"{width}");
                break;
            case ActivationForm.Heads:
                var headWidth = width / named.Heads;
                context.ByPositionAs(name, value, named.Heads, headWidth);
                context.Onnx.DeclareOutput(name, DataType.Float32, options.Batch, options.Position, $"{named.Heads}", $"{headWidth}");
                break;
            default:
                context.Onnx.Output(name, value, DataType.Float32, options.Batch, $"{named.Heads}", "query", "key");
                break;
        }
    }
}
