using System.Text.Json;
using Gptx.Templates;

namespace Gptx.Chat;

/// <summary>Where a checkpoint's folder keeps its chat templates.</summary>
internal static class ChatTemplateFiles
{
    private const int MostTemplates = 100;

    /// <summary>The templates by name; none where the folder has none.</summary>
    public static Dictionary<string, string> Sources(string folder, TemplateLimits limits)
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        if (File.Exists(Path.Join(folder, "chat_template.jinja")))
        {
            sources["default"] = ChatFile.Text(Path.Join(folder, "chat_template.jinja"), limits.SourceLength * 4L);
        }

        var additional = Path.Join(folder, "additional_chat_templates");
        foreach (var path in Directory.Exists(additional) ? Directory.EnumerateFiles(additional, "*.jinja").Order(StringComparer.Ordinal).Take(MostTemplates) : [])
        {
            sources[Path.GetFileNameWithoutExtension(path)] = ChatFile.Text(path, limits.SourceLength * 4L);
        }

        foreach (var file in (ReadOnlySpan<string>)["chat_template.json", "tokenizer_config.json"])
        {
            if (sources.Count == 0 && File.Exists(Path.Join(folder, file)))
            {
                Add(sources, Path.Join(folder, file));
            }
        }

        return sources;
    }

    private static void Add(Dictionary<string, string> sources, string path)
    {
        using var document = ChatFile.Json(path);
        if (!document.RootElement.TryGetProperty("chat_template", out var template) || template.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        switch (template.ValueKind)
        {
            case JsonValueKind.String:
                sources["default"] = template.GetString()!;
                break;
            case JsonValueKind.Array when template.GetArrayLength() <= MostTemplates:
                foreach (var entry in template.EnumerateArray())
                {
                    sources[Text(entry, "name", path)] = Text(entry, "template", path);
                }

                break;
            case JsonValueKind.Object:
                foreach (var entry in template.EnumerateObject().Take(MostTemplates))
                {
                    sources[entry.Name] = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : throw Unreadable(path);
                }

                break;
            default:
                throw Unreadable(path);
        }
    }

    private static string Text(JsonElement entry, string name, string path) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : throw Unreadable(path);

    private static GptxException Unreadable(string path) => ChatFile.Unreadable(path, "chat_template is neither text nor a list of at most 100 entries with name and template");
}
