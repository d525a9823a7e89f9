using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gptx.Checkpoints;

/// <summary>A genai_config.json, as onnxruntime-genai's model builder writes it in place of a config.json, under the keys that config.json has.</summary>
internal static class GenAiConfig
{
    public const string FileName = "genai_config.json";

    private const int LongestFile = 16 << 20;

    /// <summary>The keys that it shares with config.json, in its section <c>model.decoder</c>.</summary>
    private static readonly string[] Sizes = ["hidden_size", "num_attention_heads", "num_hidden_layers", "num_key_value_heads"];

    /// <summary>The model that such a config of a folder names; null where there is none.</summary>
    public static string? FindModel(string folder)
    {
        if (!File.Exists(Path.Join(folder, FileName)))
        {
            return null;
        }

        var name = Section(PythonJson.ReadObject(Path.Join(folder, FileName), LongestFile), "model", "decoder") is { } decoder
            && decoder.TryGetProperty("filename", out var file) && file.ValueKind == JsonValueKind.String ? file.GetString()! : "model.onnx";
        var path = OnnxExternalFile.PathOf(Path.Join(folder, FileName), name);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Reads it.</summary>
    public static ModelConfig Read(string path)
    {
        var json = PythonJson.ReadObject(path, LongestFile);
        var config = new JsonObject();
        if (Section(json, "model") is { } model)
        {
            Copy(model, "type", config, "model_type");
            Copy(model, "vocab_size", config, "vocab_size");
            Copy(model, "context_length", config, "max_position_embeddings");
            foreach (var id in (ReadOnlySpan<string>)["bos_token_id", "eos_token_id", "pad_token_id"])
            {
                Copy(model, id, config, id);
            }
        }

        if (Section(json, "model", "decoder") is { } decoder)
        {
            Copy(decoder, "head_size", config, "head_dim");
            foreach (var size in Sizes)
            {
                Copy(decoder, size, config, size);
            }
        }

        if (Section(json, "search") is { } search)
        {
            foreach (var key in (ReadOnlySpan<string>)["do_sample", "temperature", "top_k", "top_p", "repetition_penalty"])
            {
                Copy(search, key, config, key);
            }
        }

        using var document = JsonDocument.Parse(config.ToJsonString());
        return ModelConfig.From(path, document.RootElement.Clone());
    }

    private static JsonElement? Section(JsonElement json, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(key, out json))
            {
                return null;
            }
        }

        return json.ValueKind == JsonValueKind.Object ? json : null;
    }

    private static void Copy(JsonElement from, string key, JsonObject to, string name)
    {
        if (from.TryGetProperty(key, out var value))
        {
            to[name] = JsonNode.Parse(value.GetRawText());
        }
    }
}
