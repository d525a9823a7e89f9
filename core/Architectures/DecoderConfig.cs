using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>The keys that most causal decoders have in common.</summary>
internal static class DecoderConfig
{
    /// <summary>The sizes; a head is as wide as the config says, or its share of the width.</summary>
    /// <param name="config">The config.</param>
    /// <param name="context">The context where the config does not say.</param>
    /// <param name="headWidth">The width of a head where the config does not say; null for its share of the width.</param>
    /// <exception cref="GptxException"><c>ConfigKeyMissing</c>, <c>ConfigInvalid</c>.</exception>
    public static ModelShape Shape(ModelConfig config, int context = 2048, int? headWidth = null)
    {
        var width = config.GetSize("hidden_size");
        var heads = config.GetSize("num_attention_heads");
        var keyValueHeads = config.FindSize("num_key_value_heads") ?? heads;
        ConfigCheck.Divides(config, "num_key_value_heads", keyValueHeads, "num_attention_heads", heads);
        if ((config.FindSize("head_dim") ?? headWidth) is not { } perHead)
        {
            ConfigCheck.Divides(config, "num_attention_heads", heads, "hidden_size", width);
            perHead = width / heads;
        }

        return new ModelShape(
            config.GetSize("num_hidden_layers"),
            heads,
            keyValueHeads,
            perHead,
            width,
            config.GetSize("intermediate_size"),
            config.GetSize("vocab_size"),
            config.FindSize("max_position_embeddings") ?? context,
            LearnsPositions: false);
    }

    /// <summary>Whether an option is on; where the config does not say, what the architecture does.</summary>
    public static bool Is(ModelConfig config, string key, bool fallback = false) => config.FindBoolean(key) ?? fallback;

    /// <summary>The kinds of the layers, <c>full_attention</c> or <c>sliding_attention</c>: as listed, or as the architecture's rule says.</summary>
    /// <exception cref="GptxException"><c>ConfigInvalid</c>: not one for each layer; <c>OptionNotSupported</c>: another kind.</exception>
    public static bool[] SlidingLayers(ModelConfig config, ModelShape shape, Func<int, bool> rule)
    {
        if (config.FindStrings("layer_types") is not { } types)
        {
            return [.. Enumerable.Range(0, shape.Blocks).Select(rule)];
        }

        if (types.Count < shape.Blocks)
        {
            throw config.Invalid("layer_types", $"a list of {shape.Blocks}, one for each layer");
        }

        return [.. types.Take(shape.Blocks).Select(type => type switch
        {
            "sliding_attention" => true,
            "full_attention" => false,
            _ => throw ConfigCheck.NotSupported(config, $"layer_types {Excerpt.Of(type)} is not supported: it may be full_attention, sliding_attention"),
        })];
    }

    /// <summary>The window that a config names; null where it says that there is none, the fallback where it says nothing.</summary>
    public static int? Window(ModelConfig config, int? fallback = null) =>
        config.Json.TryGetProperty("sliding_window", out _) ? config.FindSize("sliding_window") : fallback;

    /// <summary>The windows of Qwen's layers: those listed as sliding, or those from <c>max_window_layers</c> on, where windows are in use at all.</summary>
    public static int?[] QwenWindows(ModelConfig config, ModelShape shape)
    {
        var window = Is(config, "use_sliding_window") ? Window(config, 4096) : null;
        var first = config.FindInt32("max_window_layers") ?? 28;
        return [.. SlidingLayers(config, shape, layer => layer >= first).Select(isSliding => isSliding ? window : null)];
    }

    /// <summary>The cap that a config names; null where it says that there is none, the fallback where it says nothing.</summary>
    public static float? Cap(ModelConfig config, string key, float? fallback = null)
    {
        var cap = config.Json.TryGetProperty(key, out _) ? config.FindSingle(key) : fallback;
        return cap is null or > 0 ? cap : throw config.Invalid(key, "a number above 0, or null");
    }
}
