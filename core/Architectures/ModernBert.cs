using Gptx.Activations;
using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// ModernBERT (Warner et al. 2024): norms before each layer, rotary positions, gated feed-forward layers; most blocks look only at tokens near by.
/// Source: transformers' modeling_modernbert.
/// </summary>
public sealed class ModernBert : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "modernbert";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        tensors.TryPrefix("model.");
        EncoderConfig.CheckPlain(config);
        var task = EncoderConfig.Task(config, tensors, "ModernBert", "head.dense.weight");
        var shape = EncoderConfig.Shape(config) with { LearnsPositions = false };
        var epsilon = config.FindSingle("norm_eps") ?? 1e-5f;
        var (normBias, bias, mlpBias) = (DecoderConfig.Is(config, "norm_bias"), DecoderConfig.Is(config, "attention_bias"), DecoderConfig.Is(config, "mlp_bias"));
        var g = new Encoder(config, tensors, shape, epsilon);
        var activation = ActivationFunctionNames.Parse(config, "hidden_activation", "gelu");
        var (everywhere, near) = Attentions(config, shape);
        var every = config.FindSize("global_attn_every_n_layers") ?? 3;
        var isLocal = DecoderConfig.SlidingLayers(config, shape, layer => layer % every != 0);

        var x = g.EmbedTokens("embeddings.tok_embeddings", "embeddings.norm", normBias); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            x = g.Sequential(block, x, u => Attention(block == 0 ? u : Norm(u, $"{tensor}.attn_norm")), u => Mlp(Norm(u, $"{tensor}.mlp_norm")));

            Value Attention(Value u)
            {
                var parts = g.Graph.Split(g.Linear(u, $"{tensor}.attn.Wqkv", 3 * shape.Width, bias), shape.Width, shape.Width, shape.Width);
                return g.Linear(g.Attend(block, parts[0], parts[1], parts[2], isLocal[block] ? near : everywhere), $"{tensor}.attn.Wo", shape.Width, bias);
            }

            Value Mlp(Value u)
            {
                var parts = g.Graph.Split(g.Linear(u, $"{tensor}.mlp.Wi", 2 * shape.MlpWidth, mlpBias), shape.MlpWidth, shape.MlpWidth);
                return g.Linear(g.Gated(block, parts[0], parts[1], activation), $"{tensor}.mlp.Wo", shape.Width, mlpBias);
            }
        }

        Head(g, config, task, g.Graph.Name(ActivationName.FinalNorm, Norm(x, "final_norm")), Norm);
        return g.Finish(task);

        Value Norm(Value u, string name) => g.LayerNorm(u, name, epsilon, normBias);
    }

    private static (AttentionOptions Everywhere, AttentionOptions Near) Attentions(ModelConfig config, ModelShape shape)
    {
        var globalBase = config.FindSingle("global_rope_theta") ?? 160_000;
        var everywhere = RotaryConfig.ReadLayers(config, "full_attention", shape, new RotaryDefaults { Base = globalBase });
        var near = RotaryConfig.ReadLayers(config, "sliding_attention", shape, new RotaryDefaults { Base = LocalBase(config, globalBase) });
        var side = (config.FindSize("local_attention") ?? 128) / 2;
        return (new AttentionOptions { Rotary = everywhere }, new AttentionOptions { Rotary = near, Window = side });
    }

    /// <summary>A config that says null means the base of the layers that look everywhere.</summary>
    private static float LocalBase(ModelConfig config, float globalBase) =>
        config.FindSingle("local_rope_theta") ?? (config.Json.TryGetProperty("local_rope_theta", out _) ? globalBase : 10_000);

    private static void Head(Encoder g, ModelConfig config, ModelTask task, Value x, Func<Value, string, Value> norm)
    {
        switch (task)
        {
            case ModelTask.FillMask:
                g.Unembed(Transform(x), "decoder", DecoderConfig.Is(config, "decoder_bias", true) ? ["decoder.bias"] : []);
                break;
            case ModelTask.ClassifyText:
                var pooling = config.FindString("classifier_pooling") ?? "cls";
                var pooled = pooling switch
                {
                    "cls" => g.Graph.FirstToken(x),
                    "mean" => g.Graph.MeanToken(x),
                    _ => throw ConfigCheck.NotSupported(config, $"classifier_pooling {Excerpt.Of(pooling)} is not supported: it may be cls, mean"),
                };
                g.ClassifyText(Transform(pooled), "classifier");
                break;
            case ModelTask.ClassifyTokens:
                g.ClassifyTokens(Transform(x), "classifier");
                break;
            case ModelTask.AnswerQuestion:
                g.AnswerQuestion(Transform(x), "classifier");
                break;
            default:
                break;
        }

        Value Transform(Value u)
        {
            var activation = ActivationFunctionNames.Parse(config, "classifier_activation", "gelu");
            var inner = g.Linear(u, "head.dense", u.Width, DecoderConfig.Is(config, "classifier_bias"));
            return norm(g.Graph.Activation(inner, activation), "head.norm");
        }
    }
}
