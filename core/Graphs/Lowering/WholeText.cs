namespace Gptx.Graphs.Lowering;

/// <summary>What makes one row of a whole text out of the rows of its tokens: [batch * position, width] to [batch, width].</summary>
internal static class WholeText
{
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
