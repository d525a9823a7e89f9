namespace Gptx.Graphs.Lowering;

/// <summary>Every operation but attention: one ONNX operator each, or few.</summary>
internal static class OperationLowering
{
    /// <summary>Name of the input that says which flat rows go on to the unembedding, [batch] int64.</summary>
    public const string LastRows = "last_rows";

    /// <summary>Writes one operation.</summary>
    public static void Lower(Graph graph, Operation operation, LoweringContext context)
    {
        var onnx = context.Onnx;
        switch (operation)
        {
            case InputOperation input:
                onnx.Input(input.Name, DataType.Int64, "batch", "position");
                context.Set(input, onnx.Node("Reshape", [input.Name, onnx.Integers(-1)]));
                break;
            case WeightOperation weight:
                context.Set(weight, Weight(weight, context));
                break;
            case EmbeddingOperation embedding:
                context.Set(embedding, onnx.Node("Gather", [context[embedding.Table], context[embedding.Ids]]));
                break;
            case LinearOperation linear:
                context.Set(linear, Linear(linear, context));
                break;
            case LayerNormOperation norm:
                context.Set(norm, onnx.Node(
                    "LayerNormalization",
                    [context[norm.X], context[norm.Scale], context[norm.Bias]],
                    OnnxBuilder.Attribute("epsilon", norm.Epsilon)));
                break;
            case AddOperation add:
                context.Set(add, onnx.Node("Add", [context[add.Left], context[add.Right]]));
                break;
            case ActivationOperation activation:
                context.Set(activation, Activation(activation, context));
                break;
            case SplitOperation split:
                var widths = onnx.Integers([.. split.Widths.Select(width => (long)width)]);
                context.Set(split, onnx.Node("Split", "", [context[split.X], widths], split.Widths.Count, OnnxBuilder.Attribute("axis", -1)));
                break;
            case AttentionOperation attention:
                AttentionLowering.Lower(graph, attention, context);
                break;
            case OutputRowsOperation rows:
                context.Set(rows, context.Options.OnlyLastRows ? onnx.Node("Gather", [context[rows.X], LastRows]) : context[rows.X]);
                break;
            default:
                throw new NotSupportedException($"no lowering for {operation.GetType().Name}");
        }
    }

    private static string Weight(WeightOperation weight, LoweringContext context)
    {
        var stored = context.Options.Weights(weight.Name);
        context.Onnx.ExternalWeight(weight.Name, weight.Shape, stored);
        return stored.Type == DataType.Float32
            ? weight.Name
            : context.Onnx.Node("Cast", [weight.Name], OnnxBuilder.Attribute("to", (int)DataType.Float32));
    }

    private static string Linear(LinearOperation linear, LoweringContext context) =>
        context.Onnx.Node(
            "Gemm",
            [.. linear.Inputs.Select(input => context[input])],
            OnnxBuilder.Attribute("transB", linear.Layout == WeightLayout.OutIn ? 1 : 0));

    private static string Activation(ActivationOperation activation, LoweringContext context)
    {
        var x = context[activation.X];
        var onnx = context.Onnx;
        return activation.Function switch
        {
            ActivationFunction.Gelu => onnx.Node("Gelu", [x], OnnxBuilder.Attribute("approximate", "none")),
            ActivationFunction.GeluTanh => onnx.Node("Gelu", [x], OnnxBuilder.Attribute("approximate", "tanh")),
            ActivationFunction.Relu => onnx.Node("Relu", [x]),
            ActivationFunction.Silu => onnx.Node("Mul", [x, onnx.Node("Sigmoid", [x])]),
            ActivationFunction.Tanh => onnx.Node("Tanh", [x]),
            _ => throw new NotSupportedException($"no lowering for {activation.Function}"),
        };
    }
}
