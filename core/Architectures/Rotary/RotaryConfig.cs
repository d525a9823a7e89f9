using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures.Rotary;

/// <summary>
/// The rotary embedding that a config describes: in <c>rope_parameters</c> (transformers 5), or in <c>rope_scaling</c> with <c>rope_theta</c> and
/// <c>partial_rotary_factor</c> beside it (before). Source: transformers' modeling_rope_utils.
/// </summary>
/// <param name="Config">The whole config, for keys that stand outside the section.</param>
/// <param name="Section">The section with the scaling; the config itself where there is none.</param>
/// <param name="Type">The kind of scaling: <c>default</c>, <c>linear</c> and so on.</param>
/// <param name="Base">The base of the frequencies, <c>rope_theta</c>.</param>
/// <param name="Width">How many numbers of a head are turned.</param>
/// <param name="Context">The most tokens that the model is meant for, <c>max_position_embeddings</c>.</param>
/// <param name="MakesKeysAnew">Whether keys are made anew where a text grows beyond the original context.</param>
internal sealed record RotaryConfig(ModelConfig Config, ModelConfig Section, string Type, float Base, int Width, int Context, bool MakesKeysAnew = false)
{
    private static readonly Dictionary<string, Func<RotaryConfig, RotaryFrequencies>> Scalings = new(StringComparer.Ordinal)
    {
        ["default"] = rotary => new FixedFrequencies(rotary.Frequencies()),
        ["linear"] = LinearScaling.Read,
        ["dynamic"] = DynamicScaling.Read,
        ["llama3"] = Llama3Scaling.Read,
        ["yarn"] = YarnScaling.Read,
        ["longrope"] = LongRopeScaling.Read,
        ["su"] = LongRopeScaling.Read,
    };

    /// <summary>The tokens that the model was first trained for, where scaling has stretched that since.</summary>
    public int OriginalContext => Config.FindSize("original_max_position_embeddings") ?? Section.FindSize("original_max_position_embeddings") ?? Context;

    /// <summary>The rotary embedding of heads of a width.</summary>
    /// <param name="config">The config.</param>
    /// <param name="shape">The model's sizes.</param>
    /// <param name="defaults">What counts where the config does not say.</param>
    /// <exception cref="GptxException"><c>OptionNotSupported</c>, <c>ConfigInvalid</c> or a missing key.</exception>
    public static RotaryEmbedding Read(ModelConfig config, ModelShape shape, RotaryDefaults? defaults = null) =>
        Read(config, config.FindSection("rope_parameters") ?? config.FindSection("rope_scaling") ?? config, shape, defaults ?? new RotaryDefaults());

    /// <summary>The rotary embedding of the layers of one kind, where <c>rope_parameters</c> has a section for each kind; else that of all.</summary>
    public static RotaryEmbedding ReadLayers(ModelConfig config, string layerType, ModelShape shape, RotaryDefaults defaults) =>
        config.FindSection("rope_parameters")?.FindSection(layerType) is { } own ? Read(config, own, shape, defaults) : Read(config, shape, defaults);

    /// <summary>
    /// The rotary embedding of layers with a window: the section <c>sliding_attention</c>, or <c>rope_local_base_freq</c> without any scaling.
    /// </summary>
    public static RotaryEmbedding ReadLocal(ModelConfig config, ModelShape shape, RotaryDefaults defaults)
    {
        if (config.FindSection("rope_parameters")?.FindSection("sliding_attention") is { } own)
        {
            return Read(config, own, shape, defaults);
        }

        var local = config.FindSingle("rope_local_base_freq") ?? defaults.Base;
        return new RotaryEmbedding(new FixedFrequencies(new RotaryConfig(config, config, "default", local, shape.HeadWidth, shape.ContextLength).Frequencies()));
    }

    /// <summary>GPT-J's rotary embedding, whose pairs are neighbours: base 10000, no scaling.</summary>
    public static RotaryEmbedding Interleaved(ModelConfig config, ModelShape shape, int width) => width % 2 == 0 && width <= shape.HeadWidth
        ? new RotaryEmbedding(new FixedFrequencies(new RotaryConfig(config, config, "default", 10000, width, shape.ContextLength).Frequencies()), Interleaved: true)
        : throw config.Invalid("rotary_dim", $"an even number from 2 to {shape.HeadWidth}");

    /// <summary>base^(-2i/width), radians a position, computed in float32 as torch does.</summary>
    public float[] Frequencies() => [.. Exponents().Select(exponent => 1 / Power(Base, exponent))];

    /// <summary>2i/width for each pair i.</summary>
    public IEnumerable<float> Exponents() => Enumerable.Range(0, Width / 2).Select(pair => 2f * pair / Width);

    /// <summary>value^exponent rounded to float32.</summary>
    public static float Power(float value, float exponent) => (float)Math.Pow(value, exponent);

    private static RotaryEmbedding Read(ModelConfig config, ModelConfig section, ModelShape shape, RotaryDefaults defaults)
    {
        var type = ReferenceEquals(section, config) ? "default" : section.FindString("rope_type", "type") ?? "default";

        // The first Phi-3 files say yarn where they mean LongRoPE.
        type = type == "yarn" && section.Contains("short_factor") ? "longrope" : type;
        if (!Scalings.TryGetValue(type, out var scaling))
        {
            throw ConfigCheck.NotSupported(config, $"rope_type {Excerpt.Of(type)} is not supported: it may be {string.Join(", ", Scalings.Keys)}");
        }

        var theta = section.FindSingle("rope_theta") ?? config.FindSingle("rope_theta", "rotary_emb_base") ?? defaults.Base;
        var share = section.FindDouble("partial_rotary_factor") ?? config.FindDouble("partial_rotary_factor", "rotary_pct", "rope_pct") ?? defaults.Share;
        var width = (int)(shape.HeadWidth * share);
        if (width < 2 || width % 2 != 0 || width > shape.HeadWidth)
        {
            throw ConfigCheck.NotSupported(config, $"a rotary embedding of {width} numbers in heads of {shape.HeadWidth} is not supported: it must be even, from 2 to {shape.HeadWidth}");
        }

        return theta > 0
            ? new RotaryEmbedding(scaling(new RotaryConfig(config, section, type, theta, width, shape.ContextLength, defaults.MakesKeysAnew)))
            : throw config.Invalid("rope_theta", "a number above 0");
    }
}
