using Gptx.Jobs;

namespace Gptx.Analyses;

/// <summary>What a job that embeds says about itself: beside its output, or in it.</summary>
internal static class JobRecord
{
    private const string Task = "task";
    private const string Model = "model";
    private const string Prefix = "gptx.";

    /// <summary>The origin of a file, from <c>FILE.job.json</c> beside it.</summary>
    /// <exception cref="GptxException"><c>JobDamaged</c>.</exception>
    public static VectorOrigin Beside(string path, string? modelName) =>
        Of(File.Exists($"{path}.job.json") ? JobPlan.Read($"{path}.job.json").Entries : [], modelName);

    /// <summary>The origin of a Parquet file, from its metadata.</summary>
    public static VectorOrigin Within(IReadOnlyDictionary<string, string> metadata, string? modelName) => Of(
        metadata.Where(entry => entry.Key.StartsWith(Prefix, StringComparison.Ordinal)).Select(entry => KeyValuePair.Create(entry.Key[Prefix.Length..], entry.Value)), modelName);

    /// <summary>The origin that the entries of a job's plan tell.</summary>
    public static VectorOrigin Of(IEnumerable<KeyValuePair<string, string>> entries, string? modelName)
    {
        var settings = entries.ToDictionary(StringComparer.Ordinal);
        return settings.GetValueOrDefault(Task) == "embed" && settings.GetValueOrDefault(Model) is { Length: > 0 } hash
            ? new VectorOrigin(hash, modelName, settings)
            : VectorOrigin.Unknown with { Model = modelName };
    }
}
