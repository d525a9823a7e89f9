using System.Globalization;
using Gptx.Chat;
using Gptx.Checkpoints;

namespace Gptx.Inference;

/// <summary>The chat template of a checkpoint, and the special tokens that templates name: from a folder's files, or out of a GGUF file's metadata.</summary>
internal static class CheckpointChatTemplate
{
    private const string Template = "tokenizer.chat_template";
    private const string Ids = "tokenizer.ggml.";

    /// <summary>What templates call a special token, and the entries of a GGUF file that name its id: the first that is there.</summary>
    private static readonly (string Name, string[] Entries)[] Named =
    [
        ("bos_token", ["bos_token_id"]),
        ("eos_token", ["eos_token_id"]),
        ("unk_token", ["unknown_token_id"]),
        ("pad_token", ["padding_token_id"]),
        ("sep_token", ["seperator_token_id", "separator_token_id"]),
        ("cls_token", ["cls_token_id"]),
        ("mask_token", ["mask_token_id"]),
    ];

    /// <summary>The template of a folder or a GGUF file; null where there is none.</summary>
    public static ChatTemplate? Find(string path) => GgufPath.FindModel(path) is { } file ? InGguf(file, FindIn) : InFolder(path);

    /// <summary>The template of a GGUF file, else of the files beside it; null where there is none.</summary>
    public static ChatTemplate? FindIn(GgufMetadata metadata)
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in metadata.Keys.Where(key => key == Template || key.StartsWith(Template + ".", StringComparison.Ordinal)))
        {
            if (metadata.FindString(key) is { } source)
            {
                sources[key == Template ? "default" : key[(Template.Length + 1)..]] = source;
            }
        }

        return sources.Count > 0
            ? ChatTemplate.Of(sources, SpecialTokensIn(metadata), null)
            : InFolder(Path.GetDirectoryName(Path.GetFullPath(metadata.Path))!);
    }

    /// <summary>The special tokens of a folder or a GGUF file by name (<c>bos_token</c>, ...).</summary>
    public static IReadOnlyDictionary<string, string> SpecialTokens(string path) =>
        GgufPath.FindModel(path) is { } file ? InGguf(file, SpecialTokensIn) : SpecialTokenFiles.Read(path);

    private static ChatTemplate? InFolder(string folder) => ChatTemplate.TryFind(folder, out var template) ? template : null;

    private static T InGguf<T>(string path, Func<GgufMetadata, T> read)
    {
        using var file = GgufFile.Open(path);
        return read(file.Metadata);
    }

    private static Dictionary<string, string> SpecialTokensIn(GgufMetadata metadata)
    {
        var texts = metadata.FindStrings(Ids + "tokens") ?? [];
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, entries) in Named)
        {
            if (entries.Select(entry => metadata.FindInt64(Ids + entry)).FirstOrDefault(id => id is not null) is not { } id)
            {
                continue;
            }

            tokens[name] = id >= 0 && id < texts.Count
                ? texts[(int)id]
                : throw new GptxException(
                    GptxErrorKind.ModelNotLoadable,
                    "TokenizerUnreadable",
                    string.Create(CultureInfo.InvariantCulture, $"{metadata.Path}: the id {id} of {name} is outside of its {texts.Count} tokens"));
        }

        return tokens;
    }
}
