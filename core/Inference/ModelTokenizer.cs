using Gptx.Chat;
using Gptx.Checkpoints;
using Gptx.Checkpoints.Hub;
using Gptx.Tokenization;

namespace Gptx.Inference;

/// <summary>
/// A model's tokenizer, opened without its weights: for what needs tokens and no numbers. So it is there too for a model that cannot be
/// loaded, for a folder with a tokenizer and nothing else, and for a tokenizer's file alone.
/// </summary>
/// <param name="Name">The name or path it was asked for by.</param>
/// <param name="Folder">Where it lies; of a GGUF model the file.</param>
/// <param name="File">The file that decides; null where there is no tokenizer.</param>
/// <param name="Tokenizer">The tokenizer; null where the model has none, then only ids can be given.</param>
/// <param name="ContextLength">The most tokens of a text as config.json has it; null where nothing says.</param>
public sealed record ModelTokenizer(string Name, string Folder, string? File, Tokenizer? Tokenizer, int? ContextLength)
{
    /// <summary>Opens the tokenizer of a model.</summary>
    /// <param name="nameOrPath">As <see cref="ModelLocation"/> understands it, or a tokenizer's own file: a <c>.json</c>, <c>vocab.txt</c> or <c>merges.txt</c>.</param>
    /// <param name="hub">How a model of the hub is looked up; by default it is pulled where the cache does not have it, without its weights.</param>
    /// <exception cref="GptxException"><c>ModelNotFound</c>; the tokenizer's files are damaged or not supported.</exception>
    public static ModelTokenizer Load(string nameOrPath, HubAccess? hub = null)
    {
        if (IsTokenizerFile(nameOrPath))
        {
            var file = Path.GetFullPath(nameOrPath);
            return new ModelTokenizer(nameOrPath, Path.GetDirectoryName(file)!, file, Tokenizer.Load(file), Context(Path.GetDirectoryName(file)!));
        }

        var folder = ModelLocation.Find(nameOrPath, hub, ModelPart.Tokenizer);
        folder = OnnxPath.IsOnnx(folder) && System.IO.File.Exists(folder) ? OnnxPath.FolderOf(folder) : folder;
        if (GgufPath.FindModel(folder) is { } gguf)
        {
            using var opened = GgufFile.Open(gguf);
            return new ModelTokenizer(nameOrPath, gguf, gguf, CheckpointTokenizer.FindIn(opened.Metadata), Context(opened.Metadata));
        }

        return Tokenizer.TryFind(folder, out var found)
            ? new ModelTokenizer(nameOrPath, folder, found, Tokenizer.Load(folder), Context(folder))
            : new ModelTokenizer(nameOrPath, folder, null, null, Context(folder));
    }

    /// <summary>The tokenizer, or an error that says how to do without.</summary>
    /// <exception cref="GptxException"><c>TokenizerMissing</c>.</exception>
    public Tokenizer RequireTokenizer() => Tokenizer ?? throw LanguageModel.TokenizerMissing(Folder);

    /// <summary>The tokens of a text.</summary>
    /// <exception cref="GptxException"><c>TokenizerMissing</c>; <c>TextEmpty</c>.</exception>
    public TokenSequence Read(string text)
    {
        var tokens = RequireTokenizer().EncodeToTokens(text);
        return tokens.Count > 0 ? new TokenSequence(text, tokens) : throw TokenCheck.Empty();
    }

    /// <summary>Given ids, checked against the vocabulary.</summary>
    /// <exception cref="GptxException"><c>TokenizerMissing</c>, <c>TextEmpty</c> or <c>TokenIdUnknown</c>.</exception>
    public TokenSequence Read(IReadOnlyList<int> ids)
    {
        var vocabulary = RequireTokenizer().Vocabulary;
        if (ids.Count == 0)
        {
            throw TokenCheck.Empty();
        }

        return new TokenSequence(null, [.. ids.Select((id, position) => vocabulary.Contains(id)
            ? new EncodedToken(id, vocabulary.TokenOf(id), vocabulary.TextOf(id), 0, 0, vocabulary.IsSpecial(id))
            : throw new GptxException(
                GptxErrorKind.InvalidInput,
                "TokenIdUnknown",
                $"token id {id} at position {position} is not in the vocabulary, which has {vocabulary.Count} tokens"))]);
    }

    /// <summary>The prompt that a conversation becomes, as <see cref="TokenSequence.FromChat"/> makes it.</summary>
    /// <exception cref="GptxException"><c>TokenizerMissing</c>; those of <see cref="ChatTemplate.Render"/>.</exception>
    public TokenSequence Read(ChatTemplate template, ChatRequest request, CancellationToken cancellation = default)
    {
        var text = template.Render(request, cancellation).Text;
        return new TokenSequence(text, RequireTokenizer().EncodeToTokens(text, addSpecialTokens: false));
    }

    /// <summary>The chat template of the same folder.</summary>
    /// <exception cref="GptxException"><c>ChatTemplateMissing</c>; there is one, and it cannot be read.</exception>
    public ChatTemplate RequireChatTemplate() => CheckpointChatTemplate.Find(Folder) ?? throw LanguageModel.ChatTemplateMissing(Folder);

    /// <summary>Another chat template than a model's own, with the special tokens of the model.</summary>
    /// <param name="source">The Jinja template.</param>
    /// <param name="folder">The model's folder.</param>
    /// <exception cref="GptxException">It is no template; the files with the special tokens are damaged.</exception>
    public static ChatTemplate ParseChatTemplate(string source, string folder) => ChatTemplate.Parse(source, CheckpointChatTemplate.SpecialTokens(folder));

    private static bool IsTokenizerFile(string path) => System.IO.File.Exists(path)
        && Path.GetExtension(path) is ".json" or ".txt"
        && Path.GetFileName(path) is not ("config.json" or "model.safetensors.index.json");

    private static int? Context(GgufMetadata metadata) =>
        metadata.FindString("general.architecture") is { } architecture && metadata.FindInt64($"{architecture}.context_length") is > 0 and <= int.MaxValue and var length
            ? (int)length
            : null;

    private static int? Context(string folder)
    {
        var path = Path.Join(folder, "config.json");
        try
        {
            return System.IO.File.Exists(path) ? ModelConfig.Read(path).FindInt32("n_positions", "max_position_embeddings", "n_ctx") : null;
        }
        catch (GptxException)
        {
            // A model that cannot be loaded still has a tokenizer.
            return null;
        }
    }
}
