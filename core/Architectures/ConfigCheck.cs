using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>Checks of a config that every architecture makes; each failure is one line that names the key, the value and what is allowed.</summary>
internal static class ConfigCheck
{
    private const int MostBlocks = 10_000;
    private const int MostHeadWidth = 65_536;

    /// <summary>One value must divide another.</summary>
    public static void Divides(ModelConfig config, string key, int value, string ofKey, int of)
    {
        if (of % value != 0)
        {
            throw Wrong(config, $"{key} {value} does not divide {ofKey} {of}");
        }
    }

    /// <summary>An option that must not be on.</summary>
    public static void NotTrue(ModelConfig config, string key, string message)
    {
        if (config.FindBoolean(key) == true)
        {
            throw NotSupported(config, message);
        }
    }

    /// <summary>Weights that other programs have quantized, GPTQ, AWQ, bitsandbytes and their like, are not as the config's sizes say.</summary>
    public static void NotQuantized(ModelConfig config)
    {
        if (config.FindSection("quantization_config", "compression_config") is { } quantization)
        {
            var method = quantization.FindString("quant_method", "quant_type", "format");
            throw NotSupported(
                config,
                $"quantization_config{(method is null ? "" : $" {Excerpt.Of(method)}")} is not supported: weights may be F32, F16 or BF16 in safetensors, or quantized in a GGUF file; most models have such files on the hub too");
        }
    }

    /// <summary>The class named by <c>architectures</c> must be one of those that can be run; none named is fine.</summary>
    public static void OneOf(ModelConfig config, params IReadOnlyList<string> supported)
    {
        if (config.Architectures.Count > 0 && !config.Architectures.Any(supported.Contains))
        {
            throw NotSupported(config, $"architecture {Excerpt.Of(config.Architectures[0])} is not supported: it may be {string.Join(", ", supported)}");
        }
    }

    /// <summary>Sizes for which lists are made before the tensors are looked at must be such as models have.</summary>
    public static ModelShape Plausible(ModelConfig config, ModelShape shape) => shape switch
    {
        { Blocks: > MostBlocks } => throw Wrong(config, $"{shape.Blocks} layers are not allowed: there may be at most {MostBlocks}"),
        { HeadWidth: > MostHeadWidth } => throw Wrong(config, $"heads of {shape.HeadWidth} numbers are not allowed: they may have at most {MostHeadWidth}"),
        { Heads: var heads, HeadWidth: var width } when (long)heads * width > int.MaxValue => throw Wrong(config, $"{heads} heads of {width} numbers are not allowed: together they may have at most {int.MaxValue}"),
        _ => shape,
    };

    /// <summary>An option that is known and not supported.</summary>
    public static GptxException NotSupported(ModelConfig config, string message) =>
        new(GptxErrorKind.ModelNotLoadable, "OptionNotSupported", $"{config.Path}: {message}");

    private static GptxException Wrong(ModelConfig config, string message) =>
        new(GptxErrorKind.ModelNotLoadable, "ConfigInvalid", $"{config.Path}: {message}");
}
