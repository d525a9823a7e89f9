using System.Runtime.CompilerServices;
using System.Text.Json;
using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Embeddings;

/// <summary>
/// How a sentence-transformers folder makes a vector of a text, as its <c>modules.json</c> says: prompt, length, pooling, and what follows.
/// Source: sentence-transformers' modules.
/// </summary>
/// <param name="Poolings">How hidden states are pooled; several stand side by side.</param>
/// <param name="IncludesPrompt">Whether the prompt's tokens are pooled too.</param>
/// <param name="Steps">What is done to the pooled vector, in order.</param>
/// <param name="MostTokens">Longer texts are cut to so many tokens.</param>
/// <param name="LowerCase">Whether texts are made lower case first.</param>
/// <param name="Prompts">What may be put before a text, by name.</param>
/// <param name="DefaultPrompt">The name of the prompt that is used where none is asked for; null for none.</param>
internal sealed record SentenceRecipe(
    IReadOnlyList<TextPooling> Poolings,
    bool IncludesPrompt,
    IReadOnlyList<Func<float[], float[]>> Steps,
    int MostTokens,
    bool LowerCase,
    IReadOnlyDictionary<string, string> Prompts,
    string? DefaultPrompt)
{
    private const long LongestList = 1L << 20;

    private static readonly ConditionalWeakTable<LanguageModel, Found> Known = [];

    /// <summary>The recipe in a model's folder; null where it has no <c>modules.json</c>.</summary>
    /// <exception cref="GptxException"><c>SentenceModuleNotSupported</c>, <c>ConfigInvalid</c>: a module that cannot be run, or is not what its kind has.</exception>
    public static SentenceRecipe? Of(LanguageModel model) => Known.GetValue(model, opened => new Found(Read(opened))).Recipe;

    /// <summary>Reads the recipe, whether or not it is known.</summary>
    internal static SentenceRecipe? Read(LanguageModel model)
    {
        if (model.Checkpoint.Metadata is { } gguf)
        {
            return GgufPooling.Of(model, gguf);
        }

        var list = Path.Join(model.Folder, "modules.json");
        if (!File.Exists(list))
        {
            return null;
        }

        List<TextPooling>? poolings = null;
        var includesPrompt = true;
        var width = model.Shape.Width;
        var steps = new List<Func<float[], float[]>>();
        foreach (var (type, folder) in Modules(list))
        {
            var path = Path.GetFullPath(Path.Join(model.Folder, folder));
            if (Path.IsPathRooted(folder) || (folder.Length > 0 && !path.StartsWith(Path.GetFullPath(model.Folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            {
                throw NotSupported(list, $"the module at {Excerpt.Of(folder)} is outside of the model's folder: it must be in it");
            }

            switch (type)
            {
                case "Transformer" when poolings is null && folder.Length == 0:
                    break;
                case "Pooling" when poolings is null:
                    var pooling = ModelConfig.Read(Path.Join(path, "config.json"));
                    poolings = SentencePooling.Read(pooling);
                    includesPrompt = pooling.FindBoolean("include_prompt") ?? true;
                    width = poolings.Count * model.Shape.Width;
                    break;
                case "Dense" when poolings is not null:
                    steps.Add(SentenceDense.Read(path, ref width));
                    break;
                case "LayerNorm" when poolings is not null:
                    steps.Add(SentenceNorm.Read(path, width));
                    break;
                case "Normalize" when poolings is not null:
                    steps.Add(vector => UnitVector.Of(vector));
                    break;
                default:
                    throw NotSupported(list, $"the module {Excerpt.Of(type)} at '{folder}' is not supported there: after Transformer (in the folder itself) and Pooling there may be Dense, LayerNorm, Normalize");
            }
        }

        var settings = Settings(model.Folder, "sentence_*_config.json");
        var prompts = Settings(model.Folder, "config_sentence_transformers.json");
        return new SentenceRecipe(
            poolings ?? throw NotSupported(list, "there is no Pooling among the modules: it must be there"),
            includesPrompt,
            steps,
            Math.Min(settings?.FindSize("max_seq_length") ?? LongestOfTokenizer(model), model.Shape.ContextLength),
            settings?.FindBoolean("do_lower_case") ?? false,
            PromptsOf(prompts),
            prompts?.FindString("default_prompt_name"));
    }

    /// <summary>The text that the model reads: with its prompt, in lower case where the recipe has it so.</summary>
    /// <exception cref="GptxException"><c>PromptUnknown</c>.</exception>
    public string PromptFor(string? name) => (name ?? DefaultPrompt) is not { } wanted ? "" : Prompts.TryGetValue(wanted, out var prompt) ? prompt : throw new GptxException(
        GptxErrorKind.InvalidArgument,
        "PromptUnknown",
        $"the model has no prompt named '{wanted}': {(Prompts.Count == 0 ? "it has none" : $"there are {string.Join(", ", Prompts.Keys)}")}");

    /// <summary>The error for a folder that asks for something that is not built.</summary>
    internal static GptxException NotSupported(string path, string message) => new(GptxErrorKind.ModelNotLoadable, "SentenceModuleNotSupported", $"{path}: {message}");

    private static List<(string Type, string Path)> Modules(string list)
    {
        try
        {
            if (new FileInfo(list).Length > LongestList)
            {
                throw NotSupported(list, $"the list of modules is longer than {LongestList} bytes");
            }

            using var json = JsonDocument.Parse(File.ReadAllBytes(list));
            return [.. json.RootElement.EnumerateArray().Select(module => (Text(module, "type").Split('.')[^1], Text(module, "path")))];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            throw new GptxException(GptxErrorKind.ModelNotLoadable, "ConfigInvalid", $"{list}: it must be a list of objects with 'type' and 'path'", error);
        }
    }

    private static string Text(JsonElement module, string key) => module.GetProperty(key).GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal)
        ? text
        : throw new InvalidOperationException($"{key} is no text");

    private static ModelConfig? Settings(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal).FirstOrDefault() is { } path ? ModelConfig.Read(path) : null;

    private static int LongestOfTokenizer(LanguageModel model)
    {
        var path = Path.Join(model.Folder, "tokenizer_config.json");
        return File.Exists(path) && ModelConfig.Read(path).FindDouble("model_max_length") is { } most and >= 1 and < int.MaxValue ? (int)most : model.Shape.ContextLength;
    }

    // Of two prompts of one name the later counts, as in the reference.
    private static Dictionary<string, string> PromptsOf(ModelConfig? config)
    {
        var prompts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var prompt in config?.FindSection("prompts") is { } section ? section.Json.EnumerateObject().Where(prompt => prompt.Value.ValueKind == JsonValueKind.String) : [])
        {
            prompts[prompt.Name] = prompt.Value.GetString()!;
        }

        return prompts;
    }

    private sealed record Found(SentenceRecipe? Recipe);
}
