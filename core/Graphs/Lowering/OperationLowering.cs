namespace Gptx.Graphs.Lowering;

/// <summary>Every operation but attention, rotation, norms and nonlinearities, which have files of their own: one ONNX operator each, or few.</summary>
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
            case InputOperation { Name: Graph.PositionIds } positions when context.Options.IsExported && !graph.IsCausal:
                context.Set(positions, WholeText.Positions(context));
                break;
            case InputOperation input:
                onnx.Input(input.Name, DataType.Int64, context.Options.Batch, context.Options.Position);
                context.Set(input, onnx.Node("Reshape", [input.Name, onnx.Integers(-1)]));
                break;
            case WeightOperation:
                // Written when it is used, as what it is used for: whole, or quantized.
                break;
            case EmbeddingOperation embedding:
                context.Set(embedding, Embedding(embedding, context));
                break;
            case LinearOperation linear when !context.IsWritten(linear):
                Linear(linear, context);
                break;
            case LinearOperation:
                break;
            case LayerNormOperation norm:
                NormLowering.Lower(norm, context);
                break;
            case RmsNormOperation norm:
                NormLowering.Lower(norm, context);
                break;
            case AddOperation add:
                context.Set(add, onnx.Node("Add", [context[add.Left], context[add.Right]]));
                break;
            case MultiplyOperation multiply:
                context.Set(multiply, onnx.Node("Mul", [context[multiply.Left], context[multiply.Right]]));
                break;
            case ScaleOperation scale:
                context.Set(scale, onnx.Node("Mul", [context[scale.X], onnx.Scalar(scale.Factor)]));
                break;
            case SoftCapOperation bent:
                context.Set(bent, SoftCap(context[bent.X], bent.Cap, onnx));
                break;
            case ClipOperation clip:
                context.Set(clip, onnx.Node("Clip", [context[clip.X], onnx.Scalar(-clip.Limit), onnx.Scalar(clip.Limit)]));
                break;
            case ConcatOperation concat:
                context.Set(concat, onnx.Node("Concat", [.. concat.Parts.Select(part => context[part])], OnnxBuilder.Attribute("axis", -1)));
                break;
            case ActivationOperation activation:
                ActivationLowering.Lower(activation, context);
                break;
            case SplitOperation split:
                context.Set(split, Split(split, context));
                break;
            case RotaryOperation rotary:
                RotaryLowering.Lower(rotary, context);
                break;
            case CountedPositionsOperation counted:
                context.Set(counted, CountedPositions(counted.PaddingToken, onnx));
                break;
            case DistanceBiasOperation bias:
                context.Set(bias, DistanceBias(bias, context));
                break;
            case FirstTokenOperation first:
                context.Set(first, WholeText.First(context[first.X], first.X.Width, context));
                break;
            case MeanTokenOperation mean:
                context.Set(mean, WholeText.Mean(context[mean.X], mean.X.Width, context));
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

    /// <summary>cap tanh(x / cap).</summary>
    public static string SoftCap(string x, float cap, OnnxBuilder onnx) =>
        onnx.Node("Mul", [onnx.Node("Tanh", [onnx.Node("Div", [x, onnx.Scalar(cap)])]), onnx.Scalar(cap)]);

    private static string CountedPositions(int paddingToken, OnnxBuilder onnx)
    {
        var isReal = onnx.Node("Not", [onnx.Node("Equal", [Graph.TokenIds, onnx.Integers(paddingToken)])]);
        var one = onnx.Node("Cast", [isReal], OnnxBuilder.Attribute("to", (int)DataType.Int64));
        var counted = onnx.Node("Mul", [onnx.Node("CumSum", [one, onnx.Integers(1)]), one]);
        return onnx.Node("Reshape", [onnx.Node("Add", [counted, onnx.Integers(paddingToken)]), onnx.Integers(-1)]);
    }

    private static string DistanceBias(DistanceBiasOperation bias, LoweringContext context)
    {
        var onnx = context.Onnx;
        var distances = onnx.Node("Add", [context.Distances(), onnx.Integers(bias.Rows.Most)]);
        var rows = onnx.Node("Gather", [onnx.Integers([.. bias.Rows.PerDistance]), distances]);
        var byPair = onnx.Node("Gather", [context[bias.Table], rows]);
        var byHead = onnx.Node("Transpose", [byPair], OnnxBuilder.Attribute("perm", [2L, 0, 1]));
        return onnx.Node("Unsqueeze", [byHead, onnx.Integers(0)]);
    }

    private static void Linear(LinearOperation linear, LoweringContext context)
    {
        if (!BlockLowering.TryMultiply(linear, context))
        {
            context.Set(linear, context.Onnx.Node(
                "Gemm",
                [.. linear.Inputs.Select(input => context[input])],
                OnnxBuilder.Attribute("transB", linear.Layout == WeightLayout.OutIn ? 1 : 0)));
        }
    }

    private static string Embedding(EmbeddingOperation embedding, LoweringContext context)
    {
        var ids = context[embedding.Ids];
        var rows = embedding.FirstRow == 0 ? ids : context.Onnx.Node("Add", [ids, context.Onnx.Integers(embedding.FirstRow)]);
        return context.Blocks(storedInOut: false, embedding.Table) is { } blocks
            ? BlockLowering.Rows(rows, blocks, context)
            : context.Onnx.Node("Gather", [context[embedding.Table], rows]);
    }

    private static string[] Split(SplitOperation split, LoweringContext context)
    {
        var onnx = context.Onnx;
        var widths = onnx.Integers([.. split.Widths.Select(width => (long)width)]);
        var x = split.Groups == 1 ? context[split.X] : onnx.Node("Reshape", [context[split.X], onnx.Integers(-1, split.Groups, split.X.Width / split.Groups)]);
        var parts = onnx.Node("Split", "", [x, widths], split.Widths.Count, OnnxBuilder.Attribute("axis", -1));
        return split.Groups == 1 ? parts : [.. parts.Zip(split.Widths, (part, width) => context.Flat(part, width * split.Groups))];
    }
}
