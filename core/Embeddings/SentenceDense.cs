using System.Numerics.Tensors;
using Gptx.Checkpoints;

namespace Gptx.Embeddings;

/// <summary>A <c>Dense</c> module of sentence-transformers: f(W x + b).</summary>
internal static class SentenceDense
{
    private static readonly Dictionary<string, Func<double, double>> Functions = new(StringComparer.Ordinal)
    {
        ["Tanh"] = Math.Tanh,
        ["Identity"] = x => x,
        ["ReLU"] = x => Math.Max(0, x),
        ["Sigmoid"] = x => 1 / (1 + Math.Exp(-x)),
        ["SiLU"] = x => x / (1 + Math.Exp(-x)),
    };

    /// <summary>The layer in a folder; the width becomes that of what it gives.</summary>
    /// <exception cref="GptxException"><c>SentenceModuleNotSupported</c>, <c>TensorMissing</c>, <c>TensorShapeWrong</c>.</exception>
    public static Func<float[], float[]> Read(string folder, ref int width)
    {
        var config = ModelConfig.Read(Path.Join(folder, "config.json"));
        foreach (var key in (string[])["module_input_name", "module_output_name"])
        {
            if (config.FindString(key) is { } name and not "sentence_embedding")
            {
                throw SentenceRecipe.NotSupported(config.Path, $"{key} {Excerpt.Of(name)} is not supported: it may be sentence_embedding");
            }
        }

        var function = (config.FindString("activation_function") ?? "torch.nn.modules.activation.Tanh").Split('.')[^1];
        if (!Functions.TryGetValue(function, out var apply))
        {
            throw SentenceRecipe.NotSupported(config.Path, $"activation_function {Excerpt.Of(function)} is not supported: it may be {string.Join(", ", Functions.Keys)}");
        }

        var (input, output) = (config.GetSize("in_features"), config.GetSize("out_features"));
        if (input != width)
        {
            throw config.Invalid("in_features", $"{width}, the width of what comes before");
        }

        width = output;
        using var file = SentenceTensors.Open(folder);
        var matrix = SentenceTensors.Get(file, "linear.weight", output, input);
        var bias = config.FindBoolean("bias") ?? true ? SentenceTensors.Get(file, "linear.bias", output) : new float[output];
        return x => [.. Enumerable.Range(0, output).Select(row => (float)apply(TensorPrimitives.Dot(matrix.AsSpan(row * input, input), x) + (double)bias[row]))];
    }
}
