namespace Gptx.Graphs.Lowering;

/// <summary>The nonlinearities of feed-forward layers.</summary>
internal static class ActivationLowering
{
    /// <summary>Writes one nonlinearity.</summary>
    public static void Lower(ActivationOperation activation, LoweringContext context) =>
        context.Set(activation, Apply(activation.Function, context[activation.X], context.Onnx));

    private static string Apply(ActivationFunction function, string x, OnnxBuilder onnx) => function switch
    {
        ActivationFunction.Gelu => onnx.Node("Gelu", [x], OnnxBuilder.Attribute("approximate", "none")),
        ActivationFunction.GeluTanh => onnx.Node("Gelu", [x], OnnxBuilder.Attribute("approximate", "tanh")),
        ActivationFunction.Relu => onnx.Node("Relu", [x]),
        ActivationFunction.Silu => onnx.Node("Mul", [x, onnx.Node("Sigmoid", [x])]),
        ActivationFunction.Tanh => onnx.Node("Tanh", [x]),
        ActivationFunction.QuickGelu => onnx.Node("Mul", [x, onnx.Node("Sigmoid", [onnx.Node("Mul", [x, onnx.Scalar(1.702f)])])]),
        ActivationFunction.SquaredRelu => Squared(onnx.Node("Relu", [x]), onnx),
        ActivationFunction.Relu6 => onnx.Node("Clip", [x, onnx.Scalar(0), onnx.Scalar(6)]),
        ActivationFunction.Sigmoid => onnx.Node("Sigmoid", [x]),
        ActivationFunction.LeakyRelu => onnx.Node("LeakyRelu", [x], OnnxBuilder.Attribute("alpha", 0.01f)),
        ActivationFunction.Mish => onnx.Node("Mul", [x, onnx.Node("Tanh", [onnx.Node("Softplus", [x])])]),
        ActivationFunction.ClippedGelu => onnx.Node("Clip", [Apply(ActivationFunction.Gelu, x, onnx), onnx.Scalar(-10), onnx.Scalar(10)]),
        ActivationFunction.Laplace => Laplace(x, onnx),
        ActivationFunction.Identity => x,
        _ => throw new NotSupportedException($"no lowering for {function}"),
    };

    // The normal distribution's function with mean sqrt(1/2) and deviation sqrt(1/(4 pi)): (1 + erf((x - mean) / (deviation sqrt(2)))) / 2.
    private static string Laplace(string x, OnnxBuilder onnx)
    {
        const float Mean = 0.707107f;
        const float Deviation = 0.282095f;
        var standard = onnx.Node("Div", [onnx.Node("Sub", [x, onnx.Scalar(Mean)]), onnx.Scalar(Deviation * MathF.Sqrt(2))]);
        return onnx.Node("Mul", [onnx.Node("Add", [onnx.Node("Erf", [standard]), onnx.Scalar(1)]), onnx.Scalar(0.5f)]);
    }

    private static string Squared(string x, OnnxBuilder onnx) => onnx.Node("Mul", [x, x]);
}
