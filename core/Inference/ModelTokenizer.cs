using Gptx.Checkpoints;
using Gptx.Tokenization;

namespace Gptx.Inference;

/// <summary>The tokenizer of a checkpoint: a GGUF file carries its own; others have files beside them.</summary>
internal static class ModelTokenizer
{
    private const string Entries = "tokenizer.";
    private const string Kind = "tokenizer.ggml.model";

    /// <summary>The tokenizer; null where there is none.</summary>
    public static Tokenizer? Find(CheckpointFolder checkpoint) => checkpoint.Metadata switch
    {
        null => FromFiles(checkpoint.Path),
        var metadata when metadata.Contains(Kind) && metadata.FindString(Kind) is not ("none" or "no_vocab") =>
            GgufTokenizer.Read(metadata.ToDictionary(Entries), Path.GetFileName(checkpoint.Path)).Tokenizer,
        _ => FromFiles(Path.GetDirectoryName(Path.GetFullPath(checkpoint.Path))!),
    };

    private static Tokenizer? FromFiles(string folder) => Tokenizer.TryFind(folder, out _) ? Tokenizer.Load(folder) : null;
}
