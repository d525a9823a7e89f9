using System.Text.Json;

namespace Gptx.Chat;

/// <summary>The special tokens of a checkpoint's folder by name (<c>bos_token</c>, ...), each written as text or as an object with <c>content</c>.</summary>
internal static class SpecialTokenFiles
{
    public static Dictionary<string, string> Read(string folder)
    {
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in (ReadOnlySpan<string>)["tokenizer_config.json", "special_tokens_map.json"])
        {
            var path = Path.Join(folder, file);
            if (!File.Exists(path))
            {
                continue;
            }

            using var document = ChatFile.Json(path);
            Add(tokens, document.RootElement, onlyTokens: true);
            foreach (var more in (ReadOnlySpan<string>)["extra_special_tokens", "model_specific_special_tokens"])
            {
                if (document.RootElement.TryGetProperty(more, out var named) && named.ValueKind == JsonValueKind.Object)
                {
                    Add(tokens, named, onlyTokens: false);
                }
            }
        }

        return tokens;
    }

    private static void Add(Dictionary<string, string> tokens, JsonElement entries, bool onlyTokens)
    {
        foreach (var entry in entries.EnumerateObject())
        {
            if ((!onlyTokens || entry.Name.EndsWith("_token", StringComparison.Ordinal)) && Text(entry.Value) is { } text)
            {
                tokens.TryAdd(entry.Name, text);
            }
        }
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object when value.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String => content.GetString(),
        _ => null,
    };
}
