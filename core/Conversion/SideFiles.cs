using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gptx.Checkpoints;

namespace Gptx.Conversion;

/// <summary>What belongs to a model beside its weights: config, tokenizer, chat template, how texts are pooled. Copied, or written out of a GGUF file's metadata.</summary>
internal static partial class SideFiles
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Copied =
    [
        "generation_config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt", "vocab.txt",
        "chat_template.jinja", "chat_template.json", "modules.json", "config_sentence_transformers.json", "sentence_bert_config.json", "sentence_roberta_config.json",
        "sentence_distilbert_config.json", "sentence_mpnet_config.json", "sentence_albert_config.json", "sentence_xlm-roberta_config.json", "LICENSE",
    ];

    /// <summary>Writes them into a folder.</summary>
    /// <param name="checkpoint">The model.</param>
    /// <param name="folder">The new folder.</param>
    /// <param name="storedAs">The type that its weights are converted to; null keeps them.</param>
    /// <param name="entries">What config.json says in addition.</param>
    public static void Write(CheckpointFolder checkpoint, string folder, ElementType? storedAs, IReadOnlyDictionary<string, JsonNode?> entries)
    {
        WriteJson(folder, "config.json", Config(checkpoint, storedAs, entries));
        if (checkpoint.Metadata is { } metadata)
        {
            GgufSideFiles.Write(checkpoint, metadata, folder);
        }
        else
        {
            Copy(checkpoint.Path, folder);
        }
    }

    /// <summary>Writes JSON, indented.</summary>
    public static void WriteJson(string folder, string name, JsonNode json) => AtomicFile.Write(Path.Join(folder, name), overwrite: false, stream =>
    {
        using var writer = new Utf8JsonWriter(stream, Indented);
        json.WriteTo(writer);
        writer.Flush();
        stream.WriteByte((byte)'\n');
    });

    private static JsonObject Config(CheckpointFolder checkpoint, ElementType? storedAs, IReadOnlyDictionary<string, JsonNode?> entries)
    {
        var json = JsonObject.Create(checkpoint.Config.Json.Clone())!;
        var type = storedAs ?? (checkpoint.Metadata is null ? null : ElementType.Float32);
        if (type is { } its)
        {
            json.Remove("torch_dtype"); // what transformers called it before version 5
            json["dtype"] = its.ToString().ToLowerInvariant();
        }

        foreach (var (key, value) in entries)
        {
            json[key] = value?.DeepClone();
        }

        return json;
    }

    private static void Copy(string from, string folder)
    {
        foreach (var name in Copied.Where(name => File.Exists(Path.Join(from, name))))
        {
            CopyFile(Path.Join(from, name), Path.Join(folder, name));
        }

        if (!File.Exists(Path.Join(from, "modules.json")))
        {
            return;
        }

        // sentence-transformers: 1_Pooling, 2_Dense and the like, with their config and perhaps weights.
        foreach (var module in Directory.EnumerateDirectories(from).Where(path => ModuleName().IsMatch(Path.GetFileName(path))))
        {
            var target = Directory.CreateDirectory(Path.Join(folder, Path.GetFileName(module))).FullName;
            foreach (var file in Directory.EnumerateFiles(module).Where(path => Path.GetExtension(path) is ".json" or ".safetensors"))
            {
                CopyFile(file, Path.Join(target, Path.GetFileName(file)));
            }
        }
    }

    private static void CopyFile(string from, string to) => AtomicFile.Write(to, overwrite: false, stream =>
    {
        using var source = File.OpenRead(RealPath.Of(from));
        source.CopyTo(stream);
    });

    [GeneratedRegex(@"^\d+_[A-Za-z]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ModuleName();
}
