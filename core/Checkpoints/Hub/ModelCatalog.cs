using System.Text.Json;

namespace Gptx.Checkpoints.Hub;

/// <summary>Well-known models, from models/catalog.json. It is a help for choosing, not a limit: any model on the hub can be named.</summary>
public static class ModelCatalog
{
    private const string Resource = "Gptx.models.catalog.json";

    private static readonly Lazy<IReadOnlyList<KnownModel>> Read = new(ReadResource);

    /// <summary>All of them, in the catalog's order.</summary>
    public static IReadOnlyList<KnownModel> All => Read.Value;

    /// <summary>Those that have all words in their name, architecture, purposes or note, and whether they are in a cache.</summary>
    /// <param name="words">Words in any case; none finds all.</param>
    /// <param name="settings">Whose cache is looked into.</param>
    public static IReadOnlyList<KnownModel> Find(IEnumerable<string> words, HubSettings settings)
    {
        var cached = CachedModels.Names(settings).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var wanted = words.SelectMany(word => word.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return [.. All.Where(model => wanted.TrueForAll(word => Has(model, word))).Select(model => model with { Cached = cached.Contains(model.Name) })];
    }

    private static bool Has(KnownModel model, string word) =>
        ((IEnumerable<string>)[model.Name, model.Architecture, model.Note, model.License ?? "", model.Languages ?? "", .. model.GoodFor])
            .Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static List<KnownModel> ReadResource()
    {
        using var stream = typeof(ModelCatalog).Assembly.GetManifestResourceStream(Resource)!;
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.GetProperty("models").EnumerateArray().Select(Model)];
    }

    private static KnownModel Model(JsonElement entry) => new(
        entry.GetProperty("name").GetString()!,
        entry.GetProperty("architecture").GetString()!,
        [.. entry.GetProperty("goodFor").EnumerateArray().Select(purpose => purpose.GetString()!)],
        entry.TryGetProperty("parameters", out var parameters) ? parameters.GetInt64() : null,
        entry.TryGetProperty("license", out var license) ? license.GetString() : null,
        entry.TryGetProperty("gated", out var gated) ? gated.GetBoolean() : null,
        entry.TryGetProperty("languages", out var languages) ? languages.GetString() : null,
        entry.GetProperty("note").GetString()!,
        entry.GetProperty("source").GetString()!,
        entry.TryGetProperty("checked", out var isChecked) && isChecked.GetBoolean(),
        Cached: false);
}
