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
        var scale = norm.Offset == 0 ? context[norm.Scale] : onnx.Node("Add", [context[norm.Scale], onnx.Scalar(norm.Offset)]);
        context.Set(norm, InGroups(norm.X, norm.Groups, context, x => onnx.Node("RMSNormalization", [x, scale], Epsilon(norm.Epsilon))));
    }

    private static string InGroups(Value x, int groups, LoweringContext context, Func<string, string> norm) => groups == 1
        ? norm(context[x])
        : context.Flat(norm(context.Flat(context[x], x.Width / groups)), x.Width);

    private static Proto.AttributeProto Epsilon(float epsilon) => OnnxBuilder.Attribute("epsilon", epsilon);
}
