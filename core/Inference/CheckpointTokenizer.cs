using Gptx.Checkpoints;
using Gptx.Tokenization;

namespace Gptx.Inference;

/// <summary>The tokenizer of a checkpoint: a GGUF file carries its own; others have files beside them.</summary>
internal static class CheckpointTokenizer
{
    private const string Entries = "tokenizer.";
    private const string Kind = "tokenizer.ggml.model";

    /// <summary>The tokenizer; null where there is none.</summary>
    public static Tokenizer? Find(CheckpointFolder checkpoint) =>
        checkpoint.Metadata is { } metadata ? FindIn(metadata) : FromFiles(checkpoint.Path);

    /// <summary>The tokenizer of a GGUF file; null where there is none.</summary>
    public static Tokenizer? FindIn(GgufMetadata metadata) => metadata.Contains(Kind) && metadata.FindString(Kind) is not ("none" or "no_vocab")
        ? GgufTokenizer.Read(metadata.ToDictionary(Entries), Path.GetFileName(metadata.Path)).Tokenizer
        : FromFiles(Path.GetDirectoryName(Path.GetFullPath(metadata.Path))!);

    private static Tokenizer? FromFiles(string folder) => Tokenizer.TryFind(folder, out _) ? Tokenizer.Load(folder) : null;
}
