using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Graphs.Foreign;

namespace Gptx.Inference;

/// <summary>What an ONNX model was made for: its outputs say so, and where several kinds share them, the class that its config names.</summary>
internal static class ForeignTask
{
    private const string PastPrefix = "past_key_values.";

    private static readonly (string Suffix, ModelTask Task)[] Classes =
    [
        ("ForMaskedLM", ModelTask.FillMask),
        ("ForSequenceClassification", ModelTask.ClassifyText),
        ("ForTokenClassification", ModelTask.ClassifyTokens),
        ("ForPreTraining", ModelTask.FillMask),
    ];

    /// <summary>The task; that of a graph with logits of which nothing more is known is the next token.</summary>
    public static ModelTask Of(ModelConfig config, ForeignModel model)
    {
        var outputs = model.Outputs.ToLookup(output => output.Name, StringComparer.Ordinal);
        if (outputs.Contains("start_logits"))
        {
            return ModelTask.AnswerQuestion;
        }

        if (!outputs.Contains("logits"))
        {
            return ModelTask.Encode;
        }

        if (model.Inputs.Any(input => input.Name.StartsWith(PastPrefix, StringComparison.Ordinal)))
        {
            return ModelTask.NextToken;
        }

        if (outputs["logits"].First().Shape is { Count: 2 })
        {
            return config.Architectures.Contains("ElectraForPreTraining", StringComparer.Ordinal) ? ModelTask.DetectReplaced : ModelTask.ClassifyText;
        }

        return Classes.Where(known => config.Architectures.Any(name => name.EndsWith(known.Suffix, StringComparison.Ordinal)))
            .Select(known => known.Task)
            .FirstOrDefault(ModelTask.NextToken);
    }

    /// <summary>How many kinds of tokens it tells apart; 0 where it has no such input.</summary>
    public static int TokenTypes(ModelConfig config, ForeignModel model) =>
        model.Inputs.Any(input => input.Name == "token_type_ids") ? config.FindSize("type_vocab_size") ?? 2 : 0;
}
