namespace Gptx.Graphs.Lowering;

/// <summary>What speaks of whole texts: one row out of the rows of its tokens, [batch * position, width] to [batch, width]; and how its tokens are numbered.</summary>
internal static class WholeText
{
    /// <summary>0, 1, 2 ... in each row, padding too, [batch * position]: the positions of an encoder that no input gives.</summary>
    public static string Positions(LoweringContext context)
    {
        var onnx = context.Onnx;
        var shape = onnx.Node("Shape", [Graph.TokenIds]);
        var row = onnx.Node("Range", [onnx.Whole(0), context.TokensAcross(Graph.TokenIds), onnx.Whole(1)]);
        return onnx.Node("Reshape", [onnx.Node("Expand", [row, shape]), onnx.Integers(-1)]);
    }

    /// <summary>The first token.</summary>
    public static string First(string x, int width, LoweringContext context)
    {
        var first = context.Onnx.Node("Gather", [context.ByPosition(x, width), context.Onnx.Integers(0)], OnnxBuilder.Attribute("axis", 1));
        return context.Flat(first, width);
    }

    /// <summary>The mean of the real tokens.</summary>
    public static string Mean(string x, int width, LoweringContext context)
    {
        var onnx = context.Onnx;
        var isReal = onnx.Node("Cast", [Graph.AttentionMask], OnnxBuilder.Attribute("to", (int)DataType.Float32));
        var kept = onnx.Node("Mul", [context.ByPosition(x, width), onnx.Node("Unsqueeze", [isReal, onnx.Integers(-1)])]);
        var sum = onnx.Node("ReduceSum", [kept, onnx.Integers(1)], OnnxBuilder.Attribute("keepdims", 0));
        return onnx.Node("Div", [sum, onnx.Node("ReduceSum", [isReal, onnx.Integers(1)], OnnxBuilder.Attribute("keepdims", 1))]);
    }
}
