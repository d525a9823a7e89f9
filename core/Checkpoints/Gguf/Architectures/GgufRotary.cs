using System.Text.Json.Nodes;

namespace Gptx.Checkpoints;

/// <summary>
/// Rotary positions as GGUF describes them: base, share of the head and scaling in the metadata; factors for each pair (LongRoPE's, and what Llama
/// 3.1's scaling comes to) as tensors.
/// </summary>
internal static class GgufRotary
{
    private const string Factors = "rope_freqs";
    private const string LongFactors = "rope_factors_long";
    private const string ShortFactors = "rope_factors_short";

    /// <summary>Whether a tensor is read into the config; so are tables of frequencies that old files have in every block.</summary>
    public static bool IsPartOfConfig(GgufTensorName name) => name is { Block: null, Part: Factors or LongFactors or ShortFactors } or { Part: "attn_rot_embd" };

    /// <summary>Writes rope_theta, partial_rotary_factor and rope_scaling.</summary>
    public static void Describe(GgufConfig config, int headWidth)
    {
        config["rope_theta"] = GgufConfig.ToJson(config.FindNumber("rope.freq_base") ?? 10000);
        if (config.FindSize("rope.dimension_count") is { } turned && turned != headWidth)
        {
            config["partial_rotary_factor"] = Share(turned, headWidth);
        }

        if (Scaling(config) is { } scaling)
        {
            config["rope_scaling"] = scaling;
        }
    }

    private static JsonObject? Scaling(GgufConfig config)
    {
        if (config.Has(LongFactors + ".weight") || config.Has(ShortFactors + ".weight"))
        {
            return LongRope(config, ReadFactors(config, ShortFactors), ReadFactors(config, LongFactors), OriginalContext(config));
        }

        if (config.Has(Factors + ".weight"))
        {
            var context = config.Size("context_length");
            return LongRope(config, ReadFactors(config, Factors), ReadFactors(config, Factors), context);
        }

        var factor = config.FindNumber("rope.scaling.factor") ?? config.FindNumber("rope.scale_linear");
        var type = config.FindString("rope.scaling.type") ?? (factor is null ? "none" : "linear");
        return type switch
        {
            "none" => null,
            "linear" when factor is null or 0 or 1 => null,
            "linear" => new JsonObject { ["rope_type"] = "linear", ["factor"] = GgufConfig.ToJson(factor.Value) },
            "yarn" => Yarn(config, factor ?? throw config.OutOfRange("rope.scaling.factor", "missing", "a number")),
            _ => throw config.NotSupported($"rope.scaling.type {Excerpt.Of(type)} is not supported: it may be none, linear, yarn or longrope with its factors as tensors"),
        };
    }

    private static JsonObject Yarn(GgufConfig config, double factor)
    {
        var scaling = new JsonObject
        {
            ["rope_type"] = "yarn",
            ["factor"] = GgufConfig.ToJson(factor),
            ["original_max_position_embeddings"] = OriginalContext(config),
        };
        foreach (var (key, from) in (ReadOnlySpan<(string, string)>)[("beta_fast", "rope.scaling.yarn_beta_fast"), ("beta_slow", "rope.scaling.yarn_beta_slow")])
        {
            if (config.FindNumber(from) is { } number)
            {
                scaling[key] = GgufConfig.ToJson(number);
            }
        }

        if (config.FindNumber("rope.scaling.attn_factor") is { } magnitude && magnitude != 1)
        {
            scaling["attention_factor"] = magnitude * (factor <= 1 ? 1 : (0.1 * Math.Log(factor)) + 1);
        }

        return scaling;
    }

    /// <summary>Factors by which each pair is slowed; they are LongRoPE's in both cases, of which the one has another set for short texts.</summary>
    private static JsonObject LongRope(GgufConfig config, JsonArray shortFactors, JsonArray longFactors, int original) => new()
    {
        ["rope_type"] = "longrope",
        ["short_factor"] = shortFactors,
        ["long_factor"] = longFactors,
        ["original_max_position_embeddings"] = original,
        ["attention_factor"] = GgufConfig.ToJson(config.FindNumber("rope.scaling.attn_factor") ?? 1),
    };

    private static JsonArray ReadFactors(GgufConfig config, string name)
    {
        var tensor = config.File.GetTensor(name + ".weight");
        var most = config.Size("embedding_length");
        return tensor.Count <= most
            ? [.. tensor.ReadSingles().Select(factor => (JsonNode)(float.IsFinite(factor) ? JsonValue.Create(factor) : throw config.NotSupported($"{tensor} holds {factor}")))]
            : throw config.NotSupported($"{tensor} has more numbers than the width {most}");
    }

    private static int OriginalContext(GgufConfig config) => config.FindSize("rope.scaling.original_context_length") ?? config.Size("context_length");

    /// <summary>A share that, times the width and cut to a whole number, gives the count again.</summary>
    private static double Share(int count, int width)
    {
        var share = (double)count / width;
        return (int)(width * share) == count ? share : Math.BitIncrement(share);
    }
}
