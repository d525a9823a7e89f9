using System.Text.RegularExpressions;

namespace Gptx.Checkpoints.Hub;

/// <summary>
/// Which files of a repository are needed: configs, tokenizer and chat template, and one set of weights. Safetensors come before ONNX and GGUF,
/// which a choice can ask for; files that can hold code (pickles) are never among them.
/// </summary>
internal static partial class ModelFiles
{
    private const int MostNamed = 6;

    /// <summary>Names, in any folder of sentence-transformers' modules, of what is read beside the weights.</summary>
    private static readonly HashSet<string> Small = new(StringComparer.Ordinal)
    {
        "config.json", "generation_config.json", "genai_config.json",
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "vocab.txt", "merges.txt",
        "chat_template.json", "chat_template.jinja",
        "modules.json", "sentence_bert_config.json", "config_sentence_transformers.json",
    };

    /// <summary>The files that are needed.</summary>
    /// <param name="files">All there are.</param>
    /// <param name="model">The model, with the choice.</param>
    /// <param name="part">How much of it.</param>
    /// <exception cref="GptxException"><c>HubWeightsNotSafe</c>, <c>HubFileAmbiguous</c>, <c>HubFileNotFound</c>, <c>HubWeightsMissing</c>.</exception>
    public static IReadOnlyList<HubFile> Choose(IReadOnlyList<HubFile> files, HubModelName model, ModelPart part)
    {
        if (part == ModelPart.Everything)
        {
            return files;
        }

        var beside = files.Where(IsSmall).ToList();
        var weights = part == ModelPart.Model || !beside.Exists(file => file.Name is "tokenizer.json" or "vocab.json" or "vocab.txt") ? Weights(files, model) : [];
        return [.. beside.Concat(weights).DistinctBy(file => file.Name)];
    }

    /// <summary>The file among the chosen that stands for the model where its folder does not: one of several GGUF or ONNX files.</summary>
    public static string? Entry(IReadOnlyList<HubFile> files, HubModelName model) => model.Choice is null
        ? null
        : Chosen(files, model).Select(file => file.Name).Where(IsEntry).Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Whether a file says in which shards the weights lie.</summary>
    public static bool IsShardIndex(HubFile file) => file.Name == ShardIndex.FileName;

    /// <summary>The chosen files, with the shards that the index names and no others.</summary>
    /// <param name="files">All there are.</param>
    /// <param name="chosen">What <see cref="Choose"/> made of them.</param>
    /// <param name="index">The index, on disk.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="GptxException"><c>HubAnswerWrong</c>: a shard is not there; the index cannot be read.</exception>
    public static IReadOnlyList<HubFile> WithShards(IReadOnlyList<HubFile> files, IEnumerable<HubFile> chosen, string index, HubModelName model)
    {
        var byName = files.DistinctBy(file => file.Name).ToDictionary(file => file.Name, StringComparer.Ordinal);
        var shards = ShardIndex.Read(index).Keys.Select(name => byName.GetValueOrDefault(name)
            ?? throw HubError.AnswerWrong(model, $"{ShardIndex.FileName} names {Excerpt.Of(name)}, which the hub does not have"));
        return [.. chosen.Where(file => !Shard().IsMatch(file.Name)).Concat(shards).DistinctBy(file => file.Name)];
    }

    private static bool IsSmall(HubFile file)
    {
        var parts = file.Name.Split('/');
        return parts.Length switch
        {
            1 => Small.Contains(file.Name),
            2 => (SentenceModule().IsMatch(parts[0]) && parts[1] is "config.json" or "model.safetensors")
                || (parts[0] == "additional_chat_templates" && parts[1].EndsWith(".jinja", StringComparison.Ordinal)),
            _ => false,
        };
    }

    private static IEnumerable<HubFile> Weights(IReadOnlyList<HubFile> files, HubModelName model)
    {
        if (model.Choice is not null)
        {
            return Chosen(files, model);
        }

        if (files.FirstOrDefault(file => file.Name == CheckpointFolder.WeightsName) is { } whole)
        {
            return [whole];
        }

        if (files.Any(IsShardIndex))
        {
            return files.Where(file => IsShardIndex(file) || Shard().IsMatch(file.Name));
        }

        var gguf = files.Where(file => GgufPath.IsGguf(file.Name)).ToList();
        if (gguf.Count > 0)
        {
            var sets = gguf.GroupBy(file => Split().Replace(file.Name, "")).ToList();
            return sets.Count == 1 ? sets[0] : throw HubError.Model(
                "HubFileAmbiguous", $"{model} has several GGUF files ({Named(gguf)}): choose one, as {model.Id}:Q4_K_M, or with --file");
        }

        return Onnx(files) is { Count: > 0 } onnx ? onnx : throw Missing(files, model);
    }

    private static List<HubFile> Onnx(IReadOnlyList<HubFile> files)
    {
        var first = new[] { "model.onnx", "onnx/model.onnx", "onnx/decoder_model_merged.onnx", "onnx/decoder_with_past_model.onnx", "decoder_model_merged.onnx" }
            .Select(name => files.FirstOrDefault(file => file.Name == name))
            .FirstOrDefault(file => file is not null);
        return first is null ? [] : WithData(files, first);
    }

    private static List<HubFile> WithData(IReadOnlyList<HubFile> files, HubFile onnx) =>
        [onnx, .. files.Where(file => file.Name.StartsWith(onnx.Name + "_data", StringComparison.Ordinal) || file.Name == onnx.Name + ".data")];

    private static IEnumerable<HubFile> Chosen(IReadOnlyList<HubFile> files, HubModelName model)
    {
        var choice = model.Choice!;
        var candidates = files.Where(file => IsEntry(file.Name)).ToList();
        var found = candidates.Where(file => file.Name == choice).ToList();
        found = found.Count > 0 ? found : [.. candidates.Where(file => HasWord(file.Name, choice))];
        if (found.Count == 0)
        {
            throw HubError.Model("HubFileNotFound", $"{model.Id} has no file with weights for {Excerpt.Of(choice)}; it has {(candidates.Count > 0 ? Named(candidates) : "no GGUF or ONNX file")}");
        }

        var sets = found.GroupBy(file => Split().Replace(file.Name, "")).ToList();
        return sets.Count > 1
            ? throw HubError.Model("HubFileAmbiguous", $"{model.Id} has several files for {Excerpt.Of(choice)} ({Named(found)}): say more of the name")
            : sets[0].SelectMany(file => GgufPath.IsGguf(file.Name) ? [file] : WithData(files, file));
    }

    private static bool IsEntry(string name) => GgufPath.IsGguf(name) || OnnxPath.IsOnnx(name) || name == CheckpointFolder.WeightsName;

    /// <summary>Whether a name has the choice between signs: Q4_K is not in Q4_K_M.</summary>
    private static bool HasWord(string name, string choice)
    {
        for (var at = name.IndexOf(choice, StringComparison.OrdinalIgnoreCase); at >= 0; at = name.IndexOf(choice, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + choice.Length;
            if ((at == 0 || name[at - 1] is '-' or '.' or '/') && (end == name.Length || name[end] is '-' or '.' or '/'))
            {
                return true;
            }
        }

        return false;
    }

    private static GptxException Missing(IReadOnlyList<HubFile> files, HubModelName model) =>
        files.FirstOrDefault(file => Pickle().IsMatch(file.Name)) is { } pickle
            ? HubError.Model("HubWeightsNotSafe", $"{model} has its weights only as {Excerpt.Of(pickle.Name)}, a kind of file that can run code when it is opened: it is not downloaded; look for a conversion to safetensors")
            : HubError.Model("HubWeightsMissing", $"{model} has no weights that can be loaded: there is no {CheckpointFolder.WeightsName}, no GGUF and no ONNX file");

    private static string Named(IReadOnlyList<HubFile> files) =>
        string.Join(", ", files.Take(MostNamed).Select(file => $"{Excerpt.Of(file.Name)} {ByteSize.Text(file.Size)}")) + (files.Count > MostNamed ? ", ..." : "");

    [GeneratedRegex(@"^\d+_\w+$", RegexOptions.None, 1000)]
    private static partial Regex SentenceModule();

    [GeneratedRegex(@"^model-\d{5}-of-\d{5}\.safetensors$", RegexOptions.None, 1000)]
    private static partial Regex Shard();

    [GeneratedRegex(@"-\d{5}-of-\d{5}(?=\.gguf$)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Split();

    [GeneratedRegex(@"\.(bin|pt|pth|pkl|ckpt|h5|msgpack)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pickle();
}
