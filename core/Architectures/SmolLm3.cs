using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// SmolLM3 (Bakouch et al. 2025): Llama in which some layers do not turn queries and keys. Source: transformers' modeling_smollm3.
/// </summary>
public sealed class SmolLm3 : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "smollm3";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "SmolLM3ForCausalLM", "SmolLM3Model");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config, context: 32768);
        var g = new Decoder(config, tensors, shape);
        var (bias, mlpBias) = (DecoderConfig.Is(config, "attention_bias"), DecoderConfig.Is(config, "mlp_bias"));
        var turned = TurnedLayers(config, shape);
        var window = DecoderConfig.Is(config, "use_sliding_window") ? DecoderConfig.Window(config) : null;
        var sliding = DecoderConfig.SlidingLayers(config, shape, layer => !turned[layer]);
        var rotary = RotaryConfig.Read(config, shape, new RotaryDefaults(2_000_000));

        var x = g.Embed("embed_tokens"); // [T, D]
        return g.Finish(LlamaBlocks.Over(g, x, Attention, mlpBias), isTied: true);

        AttentionOptions Attention(int block) =>
            new() { Rotary = turned[block] ? rotary : null, Window = sliding[block] ? window : null, Bias = bias, OutputBias = bias };
    }

    /// <summary>Which layers turn: those with a 1 in the list, despite its name; without a list all but each fourth.</summary>
    private static bool[] TurnedLayers(ModelConfig config, ModelShape shape)
    {
        var interval = config.FindSize("no_rope_layer_interval") ?? 4;
        var list = config.FindInt32s("no_rope_layers") ?? [.. Enumerable.Range(1, shape.Blocks).Select(layer => layer % interval == 0 ? 0 : 1)];
        return list.Count >= shape.Blocks
            ? [.. list.Take(shape.Blocks).Select(value => value != 0)]
            : throw config.Invalid("no_rope_layers", $"a list of {shape.Blocks}, one for each layer");
    }
}
