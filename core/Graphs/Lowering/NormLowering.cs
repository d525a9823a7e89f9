namespace Gptx.Graphs.Lowering;

/// <summary>Normalisations over the last dimension, or over each of its equal parts (heads).</summary>
internal static class NormLowering
{
    /// <summary>Writes layer normalisation.</summary>
    public static void Lower(LayerNormOperation norm, LoweringContext context)
    {
        var width = norm.X.Width / norm.Groups;
        var scale = norm.Scale is { } given ? context[given] : context.Onnx.Singles([.. Enumerable.Repeat(1f, width)]);
        string[] inputs = norm.Bias is { } bias ? [scale, context[bias]] : [scale];
        context.Set(norm, InGroups(norm.X, norm.Groups, context, x => context.Onnx.Node("LayerNormalization", [x, .. inputs], Epsilon(norm.Epsilon))));
    }

    /// <summary>Writes normalisation by the root of the mean square.</summary>
    public static void Lower(RmsNormOperation norm, LoweringContext context)
    {
        var onnx = context.Onnx;
        context.Set(norm, InGroups(norm.X, norm.Groups, context, norm.Offset == 0 ? x => Root(x, context[norm.Scale]) : WithOffset));

        string Root(string x, string scale) => onnx.Node("RMSNormalization", [x, scale], Epsilon(norm.Epsilon));

        // x (w + o) as x w + x o. ONNX Runtime would add w and o once, before it sees our memory, from the bytes in the file: those of another type.
        string WithOffset(string x)
        {
            var root = Root(x, onnx.Singles([.. Enumerable.Repeat(1f, norm.X.Width / norm.Groups)]));
            var offset = norm.Offset == 1 ? root : onnx.Node("Mul", [root, onnx.Scalar(norm.Offset)]);
            return onnx.Node("Add", [onnx.Node("Mul", [root, context[norm.Scale]]), offset]);
        }
    }

    private static string InGroups(Value x, int groups, LoweringContext context, Func<string, string> norm) => groups == 1
        ? norm(context[x])
        : context.Flat(norm(context.Flat(context[x], x.Width / groups)), x.Width);

    private static Proto.AttributeProto Epsilon(float epsilon) => OnnxBuilder.Attribute("epsilon", epsilon);
}
