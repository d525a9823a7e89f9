using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>The keys that encoders have in common, and the heads that their class names stand for.</summary>
internal static class EncoderConfig
{
    private static readonly Dictionary<string, ModelTask> Heads = new(StringComparer.Ordinal)
    {
        ["Model"] = ModelTask.Encode,
        ["ForMaskedLM"] = ModelTask.FillMask,
        ["ForSequenceClassification"] = ModelTask.ClassifyText,
        ["ForTokenClassification"] = ModelTask.ClassifyTokens,
        ["ForQuestionAnswering"] = ModelTask.AnswerQuestion,
    };

    /// <summary>The head that a config names; where it names none, fill-mask if the checkpoint has that head's tensor, else none.</summary>
    /// <param name="config">The config.</param>
    /// <param name="tensors">The checkpoint's tensors.</param>
    /// <param name="family">What its class names begin with.</param>
    /// <param name="maskTensor">A tensor of the fill-mask head.</param>
    /// <param name="preTraining">What a checkpoint <c>ForPreTraining</c> gives; null where there is none.</param>
    /// <exception cref="GptxException"><c>OptionNotSupported</c>: another class.</exception>
    public static ModelTask Task(ModelConfig config, CheckpointTensors tensors, string family, string maskTensor, ModelTask? preTraining = null)
    {
        if (config.Architectures.Count == 0)
        {
            return tensors.Find(maskTensor) is null ? ModelTask.Encode : ModelTask.FillMask;
        }

        List<(string Name, ModelTask Task)> known = [.. Heads.Select(head => (family + head.Key, head.Value))];
        if (preTraining is { } task)
        {
            known.Add((family + "ForPreTraining", task));
        }

        ConfigCheck.OneOf(config, [.. known.Select(head => head.Name)]);
        return known.First(head => config.Architectures.Contains(head.Name)).Task;
    }

    /// <summary>The sizes, by the names that BERT's config has for them.</summary>
    /// <param name="config">The config.</param>
    /// <param name="rowsBefore">How many rows of the position table come before that of the first token.</param>
    public static ModelShape Shape(ModelConfig config, int rowsBefore = 0)
    {
        var width = config.GetSize("hidden_size");
        var heads = config.GetSize("num_attention_heads");
        return Shape(config, width, heads, config.GetSize("num_hidden_layers"), config.GetSize("intermediate_size"), rowsBefore);
    }

    /// <summary>The sizes given, with the vocabulary and the context that the config says.</summary>
    public static ModelShape Shape(ModelConfig config, int width, int heads, int blocks, int mlpWidth, int rowsBefore = 0)
    {
        ConfigCheck.Divides(config, "num_attention_heads", heads, "hidden_size", width);
        var context = (config.FindSize("max_position_embeddings") ?? 512) - rowsBefore;
        return context > 0
            ? new ModelShape(blocks, heads, heads, width / heads, width, mlpWidth, config.GetSize("vocab_size"), context)
            : throw config.Invalid("max_position_embeddings", $"more than {rowsBefore}, for the rows of padding");
    }

    /// <summary>Refuses what BERT's config can ask for and is not built: decoding, positions by distance, heads cut away.</summary>
    public static void CheckPlain(ModelConfig config)
    {
        ConfigCheck.NotTrue(config, "is_decoder", "is_decoder true is not supported: an encoder that decodes is not built");
        ConfigCheck.NotTrue(config, "add_cross_attention", "add_cross_attention true is not supported");
        if (config.FindString("position_embedding_type") is { } kind and not "absolute")
        {
            throw ConfigCheck.NotSupported(config, $"position_embedding_type {Excerpt.Of(kind)} is not supported: it may be absolute");
        }

        if (config.FindSection("pruned_heads") is { } pruned && pruned.Json.EnumerateObject().Any())
        {
            throw ConfigCheck.NotSupported(config, "pruned_heads is not supported: every head must be there");
        }
    }

    /// <summary><c>layer_norm_eps</c>, 1e-12 where the config does not say.</summary>
    public static float Epsilon(ModelConfig config, float fallback = 1e-12f) => config.FindSingle("layer_norm_eps") ?? fallback;
}
