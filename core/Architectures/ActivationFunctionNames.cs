using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>The nonlinearities by the names that config.json has for them (transformers' ACT2FN).</summary>
internal static class ActivationFunctionNames
{
    private static readonly Dictionary<string, ActivationFunction> Known = new(StringComparer.Ordinal)
    {
        ["gelu"] = ActivationFunction.Gelu,
        ["gelu_new"] = ActivationFunction.GeluTanh,
        ["gelu_fast"] = ActivationFunction.GeluTanh,
        ["gelu_pytorch_tanh"] = ActivationFunction.GeluTanh,
        ["gelu_accurate"] = ActivationFunction.GeluTanh,
        ["gelu_python_tanh"] = ActivationFunction.GeluTanh,
        ["gelu_10"] = ActivationFunction.ClippedGelu,
        ["gelu_python"] = ActivationFunction.Gelu,
        ["quick_gelu"] = ActivationFunction.QuickGelu,
        ["relu"] = ActivationFunction.Relu,
        ["silu"] = ActivationFunction.Silu,
        ["swish"] = ActivationFunction.Silu,
        ["tanh"] = ActivationFunction.Tanh,
        ["relu2"] = ActivationFunction.SquaredRelu,
        ["relu6"] = ActivationFunction.Relu6,
        ["sigmoid"] = ActivationFunction.Sigmoid,
        ["leaky_relu"] = ActivationFunction.LeakyRelu,
        ["mish"] = ActivationFunction.Mish,
        ["laplace"] = ActivationFunction.Laplace,
        ["linear"] = ActivationFunction.Identity,
    };

    /// <summary>The nonlinearity that a config names.</summary>
    /// <exception cref="GptxException"><c>OptionNotSupported</c>.</exception>
    public static ActivationFunction Parse(ModelConfig config, string key, string fallback)
    {
        var name = config.FindString(key) ?? fallback;
        return Known.TryGetValue(name, out var function) ? function : throw ConfigCheck.NotSupported(
            config, $"{key} {Excerpt.Of(name)} is not supported: it may be {string.Join(", ", Known.Keys)}");
    }
}
