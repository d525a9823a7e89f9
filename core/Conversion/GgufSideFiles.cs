using System.Text;
using System.Text.Json.Nodes;
using Gptx.Checkpoints;
using Gptx.Tokenization;

namespace Gptx.Conversion;

/// <summary>Tokenizer, chat template and recommended tokens of a GGUF file, as the files that transformers reads.</summary>
internal static class GgufSideFiles
{
    private const string Entries = "tokenizer.";
    private const string Kind = "tokenizer.ggml.model";

    /// <summary>Writes them; nothing of what the file does not have.</summary>
    public static void Write(CheckpointFolder checkpoint, GgufMetadata metadata, string folder)
    {
        WriteGeneration(checkpoint, folder);
        GgufPoolingFiles.Write(checkpoint, metadata, folder);
        if (!metadata.Contains(Kind) || metadata.FindString(Kind) is "none" or "no_vocab")
        {
            return;
        }

        GgufTokenizer? tokenizer = null;
        AtomicFile.Write(Path.Join(folder, "tokenizer.json"), overwrite: false, stream =>
            tokenizer = GgufTokenizerJson.Write(metadata.ToDictionary(Entries), Path.GetFileName(metadata.Path), stream));
        SideFiles.WriteJson(folder, "tokenizer_config.json", TokenizerConfig(checkpoint, tokenizer!));
        if (tokenizer!.ChatTemplate is { } template)
        {
            WriteText(folder, "chat_template.jinja", template);
        }

        foreach (var (name, source) in tokenizer.NamedChatTemplates.Where(named => named.Key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')))
        {
            WriteText(Directory.CreateDirectory(Path.Join(folder, "additional_chat_templates")).FullName, $"{name}.jinja", source);
        }
    }

    private static void WriteGeneration(CheckpointFolder checkpoint, string folder)
    {
        var json = new JsonObject();
        foreach (var key in (ReadOnlySpan<string>)["bos_token_id", "eos_token_id", "pad_token_id"])
        {
            if (checkpoint.Config.Json.TryGetProperty(key, out var value))
            {
                json[key] = JsonNode.Parse(value.GetRawText());
            }
        }

        if (json.Count > 0)
        {
            SideFiles.WriteJson(folder, "generation_config.json", json);
        }
    }

    private static JsonObject TokenizerConfig(CheckpointFolder checkpoint, GgufTokenizer tokenizer)
    {
        var isBert = tokenizer.Model == "bert";
        var json = new JsonObject { ["tokenizer_class"] = isBert ? "BertTokenizer" : "PreTrainedTokenizerFast" };
        if (checkpoint.Config.FindInt32("max_position_embeddings", "n_positions") is { } longest)
        {
            json["model_max_length"] = longest;
        }

        Add(isBert ? "cls_token" : "bos_token", tokenizer.BeginOfTextId);
        Add(isBert ? "sep_token" : "eos_token", tokenizer.EndOfTextId);
        Add("unk_token", tokenizer.UnknownId);
        if (tokenizer.ChatTemplate is { } template)
        {
            json["chat_template"] = template; // transformers.js looks only here
        }

        Add("pad_token", tokenizer.PaddingId);
        if (isBert)
        {
            json["do_lower_case"] = tokenizer.Tokenizer.EncodeToIds("A", addSpecialTokens: false).SequenceEqual(tokenizer.Tokenizer.EncodeToIds("a", addSpecialTokens: false));
            if (tokenizer.Tokenizer.Vocabulary.TryGetId("[MASK]", out _))
            {
                json["mask_token"] = "[MASK]";
            }
        }

        return json;

        void Add(string key, int? id)
        {
            if (id is { } known && tokenizer.Tokenizer.Vocabulary.TryGetToken(known, out var token))
            {
                json[key] = token;
            }
        }
    }

    private static void WriteText(string folder, string name, string text) =>
        AtomicFile.Write(Path.Join(folder, name), overwrite: false, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
