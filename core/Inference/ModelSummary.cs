namespace Gptx.Inference;

/// <summary>What a model is: its kind, its sizes, its files.</summary>
/// <param name="Name">The name or path it was loaded by.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="ModelType">The <c>model_type</c> of its config.</param>
/// <param name="Architecture">The class that its config names, or null.</param>
/// <param name="Parameters">Number of parameters that the forward pass reads; tied ones count once.</param>
/// <param name="WeightBytes">Bytes of weights as stored.</param>
/// <param name="StoredAs">The types in which weights are stored, for example F16.</param>
/// <param name="ComputedIn">The type in which it computes.</param>
/// <param name="Precision">The type to which weights were rounded: auto, fp32, fp16, bf16, int8 or int4.</param>
/// <param name="Compute">The type of what quantized weights are multiplied by: float32 or int8.</param>
/// <param name="MemoryBytes">Bytes of weights as they are computed with; those in the mapped file counted.</param>
/// <param name="Device">Where it computes.</param>
/// <param name="Blocks">Number of blocks.</param>
/// <param name="Heads">Attention heads of a block.</param>
/// <param name="KeyValueHeads">Heads of keys and values.</param>
/// <param name="HeadWidth">Width of one head.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="MlpWidth">Width inside the feed-forward layer.</param>
/// <param name="VocabularySize">Rows of the token embedding table.</param>
/// <param name="ContextLength">The most tokens a text may have.</param>
/// <param name="Tensors">Number of tensors in the checkpoint.</param>
/// <param name="UnusedTensors">Those that the forward pass does not read.</param>
/// <param name="Files">The files with weights.</param>
/// <param name="TokenizerSize">Number of tokens that the tokenizer knows; null without one.</param>
/// <param name="Activations">Number of named activations.</param>
/// <param name="Notes">What a person should know; empty as a rule.</param>
public sealed record ModelSummary(
    string Name,
    string Folder,
    string ModelType,
    string? Architecture,
    long Parameters,
    long WeightBytes,
    IReadOnlyList<string> StoredAs,
    string ComputedIn,
    string Precision,
    string Compute,
    long MemoryBytes,
    string Device,
    int Blocks,
    int Heads,
    int KeyValueHeads,
    int HeadWidth,
    int Width,
    int MlpWidth,
    int VocabularySize,
    int ContextLength,
    int Tensors,
    IReadOnlyList<string> UnusedTensors,
    IReadOnlyList<string> Files,
    int? TokenizerSize,
    int Activations,
    IReadOnlyList<string> Notes)
{
    /// <summary>Describes an open model; opening it has checked config, tensors and tokenizer.</summary>
    public static ModelSummary Of(LanguageModel model)
    {
        var shape = model.Shape;
        var weights = model.Weights;
        return new ModelSummary(
            model.Name,
            model.Folder,
            model.ModelType,
            model.Checkpoint.Config.Architectures is [var first, ..] ? first : null,
            weights.Parameters,
            weights.Bytes,
            weights.StoredAs,
            "Float32",
            model.Precision.ToString().ToLowerInvariant(),
            model.Compute.ToString().ToLowerInvariant(),
            weights.MemoryBytes,
            model.Device.Name,
            shape.Blocks,
            shape.Heads,
            shape.KeyValueHeads,
            shape.HeadWidth,
            shape.Width,
            shape.MlpWidth,
            shape.VocabularySize,
            shape.ContextLength,
            weights.Tensors,
            weights.Unused,
            weights.Files,
            model.Tokenizer?.VocabularySize,
            model.ActivationNames.Count,
            [.. Remarks(model)]);
    }

    private static IEnumerable<string> Remarks(LanguageModel model)
    {
        if (model.Note is { } note)
        {
            yield return note;
        }

        if (model.Tokenizer is null)
        {
            yield return "the folder has no tokenizer: give token ids in place of text";
        }
        else if (model.Tokenizer.VocabularySize > model.Shape.VocabularySize)
        {
            yield return $"the tokenizer knows {model.Tokenizer.VocabularySize} tokens and the model {model.Shape.VocabularySize}: texts with the others are refused";
        }
    }

    /// <summary>The name by which it can be loaded again.</summary>
    public override string ToString() => Name;
}
