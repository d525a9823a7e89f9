namespace Gptx.Graphs.Lowering;

/// <summary>
/// Rotary embeddings: angles are made out of positions while the graph runs, so a long context costs no table, and ONNX's RotaryEmbedding
/// (opset 23) turns the pairs. Layers with the same frequencies share their cosines and sines.
/// </summary>
internal static class RotaryLowering
{
    /// <summary>Writes one rotation.</summary>
    public static void Lower(RotaryOperation operation, LoweringContext context)
    {
        var rotary = operation.Rotary;
        var width = operation.X.Width;
        var (cosines, sines) = context.Rotation(rotary.Frequencies, () => CosinesAndSines(rotary.Frequencies, context[operation.Positions], context));
        var turned = context.Onnx.Node(
            "RotaryEmbedding",
            [context.ByPosition(operation.X), cosines, sines],
            OnnxBuilder.Attribute("num_heads", operation.Heads),
            OnnxBuilder.Attribute("rotary_embedding_dim", 2 * rotary.Frequencies.Pairs),
            OnnxBuilder.Attribute("interleaved", rotary.Interleaved ? 1 : 0));
        context.SetByPosition(operation, turned, width);
    }

    /// <summary>cos and sin of position * frequency, [batch, position, pairs] each, in float32 as transformers computes them.</summary>
    private static (string Cosines, string Sines) CosinesAndSines(RotaryFrequencies frequencies, string positions, LoweringContext context)
    {
        var onnx = context.Onnx;
        var whole = onnx.Node("Cast", [positions], OnnxBuilder.Attribute("to", (int)DataType.Float32));
        var column = onnx.Node("Reshape", [whole, onnx.Integers(-1, 1)]);
        var angles = onnx.Node("Mul", [column, PerPair(frequencies, whole, onnx)]);
        var byPosition = context.ByPosition(angles, frequencies.Pairs);
        return (Magnified("Cos"), Magnified("Sin"));

        string Magnified(string function)
        {
            var wave = onnx.Node(function, [byPosition]);
            return frequencies.Magnitude == 1 ? wave : onnx.Node("Mul", [wave, onnx.Scalar(frequencies.Magnitude)]);
        }
    }

    private static string PerPair(RotaryFrequencies frequencies, string positions, OnnxBuilder onnx) => frequencies switch
    {
        FixedFrequencies same => onnx.Singles(same.PerPair),
        TwofoldFrequencies two => onnx.Node(
            "Where",
            [onnx.Node("Greater", [Longest(positions, onnx), onnx.Scalar(two.Most)]), onnx.Singles(two.Long), onnx.Singles(two.Short)]),
        StretchedFrequencies stretched => Stretched(stretched, positions, onnx),
        _ => throw new NotSupportedException($"no lowering for {frequencies.GetType().Name}"),
    };

    /// <summary>The number of tokens of the longest row, those before a cached step counted: the highest position and one.</summary>
    private static string Longest(string positions, OnnxBuilder onnx) =>
        onnx.Node("Add", [onnx.Node("ReduceMax", [positions], OnnxBuilder.Attribute("keepdims", 0)), onnx.Scalar(1)]);

    private static string Stretched(StretchedFrequencies stretched, string positions, OnnxBuilder onnx)
    {
        var length = onnx.Node("Max", [Longest(positions, onnx), onnx.Scalar(stretched.Context)]);
        var times = onnx.Node("Div", [onnx.Node("Mul", [length, onnx.Scalar(stretched.Factor)]), onnx.Scalar(stretched.Context)]);
        var growth = onnx.Node("Sub", [times, onnx.Scalar(stretched.Factor - 1)]);
        var power = onnx.Node("Pow", [growth, onnx.Scalar((float)(stretched.Width / (stretched.Width - 2.0)))]);
        var grown = onnx.Node("Mul", [power, onnx.Scalar(stretched.Base)]);
        float[] exponents = [.. Enumerable.Range(0, stretched.Pairs).Select(pair => 2f * pair / stretched.Width)];
        return onnx.Node("Reciprocal", [onnx.Node("Pow", [grown, onnx.Singles(exponents)])]);
    }
}
