using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gptx.Tests.Tokenization;

/// <summary>Entries of a GGUF file's metadata, made from a tokenizer.json as converters make them or read from a file.</summary>
internal static class GgufEntriesOf
{
    /// <summary>What a converter writes for a tokenizer.json.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="model">The kind, <c>gpt2</c>, <c>llama</c>, <c>bert</c> or <c>t5</c>.</param>
    /// <param name="pre">The way of splitting.</param>
    public static Dictionary<string, object> Json(string folder, string model, string pre)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "tokenizer.json")))!;
        (string Text, double Score)[] tokens = Tokens(json["model"]!);
        JsonNode[] added = [.. json["added_tokens"]!.AsArray().Select(token => token!)];
        HashSet<string> special = [.. added.Select(token => (string)token["content"]!)];
        string unknown = (string?)json["model"]!["unk_token"] ?? "<unk>";
        tokens = [.. tokens, .. special.Except(tokens.Select(token => token.Text)).Select(text => (text, 0.0))];
        var entries = new Dictionary<string, object>
        {
            ["tokenizer.ggml.model"] = model,
            ["tokenizer.ggml.pre"] = pre,
            ["tokenizer.ggml.tokens"] = tokens.Select(token => model == "bert" ? Phantom(token.Text, special) : token.Text).ToArray(),
            ["tokenizer.ggml.scores"] = tokens.Select(token => (float)token.Score).ToArray(),
            ["tokenizer.ggml.token_type"] = tokens.Select(token => token.Text == unknown && special.Contains(unknown) ? 2 : special.Contains(token.Text) ? 3 : IsByte(token.Text) ? 6 : 1).ToArray(),
            ["tokenizer.ggml.unknown_token_id"] = Array.FindIndex(tokens, token => token.Text == unknown),
        };
        if (json["model"]!["merges"] is { } merges)
        {
            entries["tokenizer.ggml.merges"] = merges.AsArray().Select(merge => merge is JsonArray pair ? $"{pair[0]} {pair[1]}" : (string)merge!).ToArray();
        }

        Match map = Regex.Match(json["normalizer"]?.ToJsonString() ?? "", "precompiled_charsmap\":\"(?<map>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        if (map.Success)
        {
            entries["tokenizer.ggml.precompiled_charsmap"] = Convert.FromBase64String(Regex.Unescape(map.Groups["map"].Value));
        }

        return entries;
    }

    /// <summary>The entries of a file, read without any checks.</summary>
    public static Dictionary<string, object> FromFile(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        reader.ReadUInt64(); // magic, version
        reader.ReadUInt64(); // number of tensors
        ulong count = reader.ReadUInt64();
        var entries = new Dictionary<string, object>();
        for (ulong i = 0; i < count; i++)
        {
            string key = Text(reader);
            entries[key] = Value(reader, reader.ReadUInt32());
        }

        return entries;
    }

    private static (string Text, double Score)[] Tokens(JsonNode model)
    {
        if (model["vocab"] is JsonArray scored)
        {
            return [.. scored.Select(pair => ((string)pair![0]!, (double)pair[1]!))];
        }

        // A merged token's score falls with its rank, as SentencePiece's does.
        Dictionary<string, double> scores = [];
        JsonArray merges = model["merges"]?.AsArray() ?? [];
        for (int i = 0; i < merges.Count; i++)
        {
            scores.TryAdd(merges[i] is JsonArray pair ? $"{pair[0]}{pair[1]}" : ((string)merges[i]!).Replace(" ", "", StringComparison.Ordinal), -i - 1);
        }

        JsonObject vocabulary = model["vocab"]!.AsObject();
        (string, double)[] tokens = [.. Enumerable.Range(0, 1 + vocabulary.Max(token => (int)token.Value!)).Select(id => ($"[PAD{id}]", -1e7))];
        foreach ((string token, JsonNode? id) in vocabulary)
        {
            tokens[(int)id!] = (token, scores.GetValueOrDefault(token, -1e6));
        }

        return tokens;
    }

    private static string Phantom(string token, HashSet<string> special) =>
        special.Contains(token) ? token : token.StartsWith("##", StringComparison.Ordinal) ? token[2..] : "\u2581" + token;

    private static bool IsByte(string token) => token is ['<', '0', 'x', _, _, '>'];

    private static string Text(BinaryReader reader) => Encoding.UTF8.GetString(reader.ReadBytes(checked((int)reader.ReadUInt64())));

    private static object Value(BinaryReader reader, uint type) => type switch
    {
        0 => reader.ReadByte(),
        1 => reader.ReadSByte(),
        2 => reader.ReadUInt16(),
        3 => reader.ReadInt16(),
        4 => reader.ReadUInt32(),
        5 => reader.ReadInt32(),
        6 => reader.ReadSingle(),
        7 => reader.ReadByte() != 0,
        8 => Text(reader),
        9 => List(reader),
        10 => reader.ReadUInt64(),
        11 => reader.ReadInt64(),
        _ => reader.ReadDouble(),
    };

    private static object List(BinaryReader reader)
    {
        uint type = reader.ReadUInt32();
        object[] values = [.. Enumerable.Range(0, checked((int)reader.ReadUInt64())).Select(_ => Value(reader, type))];
        return type == 8 ? values.Cast<string>().ToArray() : values;
    }
}
