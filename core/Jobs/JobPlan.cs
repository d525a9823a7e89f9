using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Gptx.Jobs;

/// <summary>
/// Everything that decides what a job's rows say, as names and values: version, task, model, sources, options. It is written down with the job; a run that goes on
/// must have the same. Paths, times, machines, threads and shards are not in it.
/// </summary>
internal sealed class JobPlan
{
    private const long LongestPlan = 1 << 24;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private const string VersionName = "gptx";
    private static readonly string Version = typeof(JobPlan).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>A plan of names and values.</summary>
    public JobPlan(IReadOnlyList<KeyValuePair<string, string>> entries) => Entries = entries;

    /// <summary>What tells the logs of this job from those of another one with the same output; null in a plan that was never begun.</summary>
    public Guid? Begun { get; private init; }

    /// <summary>What its rows look like; null where only the names and values are written down.</summary>
    public RowSchema? Rows { get; private init; }

    /// <summary>Names and values, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Entries { get; }

    /// <summary>The plan of a job.</summary>
    public static JobPlan Of(IRowTask task, TextJobOptions options) => new(
    [
        new(VersionName, Version),
        new("task", task.Name),
        new("model", task.ModelHash),
        .. task.Settings,
        new("sources", string.Join(", ", options.Sources.Select(source => source.Name))),
        new("formats", string.Join(", ", options.Sources.Select(source => $"{source.Format}"))),
        new("textField", options.Fields.TextName),
        new("idField", options.Fields.Id ?? ""),
        new("keep", string.Join(", ", options.Fields.Keep)),
        new("unitBytes", Number(options.Limits.UnitBytes)),
        new("maxRowBytes", Number(options.Limits.RowBytes)),
        new("maxRowTokens", options.MaxRowTokens is { } most ? Number(most) : ""),
        new("batchRows", Number(BatchSize.Of(task, options).Rows)),
        new("batchTokens", Number(BatchSize.Of(task, options).Tokens)),
        new("rows", $"{options.Layout}"),
    ])
    {
        Rows = RowSchema.Of(task, options),
    };

    /// <summary>Reads the names and values of a JSON object; what else it has is left alone.</summary>
    /// <exception cref="GptxException"><c>JobDamaged</c>.</exception>
    public static JobPlan Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LongestPlan)
            {
                throw new JsonException("it is too long");
            }

            using var json = JsonDocument.Parse(File.ReadAllBytes(path), Strict);
            return Of(json.RootElement.GetProperty("job"), json.RootElement.TryGetProperty("rows", out var rows) ? rows : null, json.RootElement.TryGetProperty("begun", out var begun) ? begun.GetGuid() : null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw Damaged(path, error);
        }
    }

    /// <summary>Reads what <see cref="WriteEntries"/> and <see cref="RowSchema.WriteFields"/> wrote, each in an object of its own.</summary>
    /// <exception cref="GptxException"><c>JobDamaged</c>.</exception>
    public static JobPlan Parse(string entries, string rows, Guid? begun, string from)
    {
        try
        {
            using var entriesJson = JsonDocument.Parse(entries, Strict);
            using var rowsJson = JsonDocument.Parse(rows, Strict);
            return Of(entriesJson.RootElement, rowsJson.RootElement, begun);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Damaged(from, error);
        }
    }

    /// <summary>Writes the entries as an object named <c>job</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("job");
        WriteEntries(json);
        json.WriteEndObject();
    }

    /// <summary>Writes each entry as a property.</summary>
    public void WriteEntries(Utf8JsonWriter json)
    {
        foreach (var (name, value) in Entries)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>Refuses a job that another version began: what it recorded may mean something else.</summary>
    /// <exception cref="GptxException"><c>JobDiffers</c>.</exception>
    public void RequireThisVersion()
    {
        if (Entries.FirstOrDefault(entry => entry.Key == VersionName).Value is var began && began != Version)
        {
            throw Differs(VersionName, began, Version);
        }
    }

    /// <summary>Refuses to go on with a job that was another.</summary>
    /// <param name="recorded">What it was.</param>
    /// <param name="orOtherSources">Whether the rows may come from elsewhere.</param>
    /// <exception cref="GptxException"><c>JobDiffers</c>: the message names what.</exception>
    public void RequireSame(JobPlan recorded, bool orOtherSources = false)
    {
        string[] free = orOtherSources ? ["sources", "formats"] : [];
        var before = recorded.Entries.Where(entry => !free.Contains(entry.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in Entries.Where(entry => !free.Contains(entry.Key)))
        {
            if (!before.Remove(name, out var old) || old != value)
            {
                throw Differs(name, old, value);
            }
        }

        if (before.Count > 0)
        {
            var (name, old) = before.First();
            throw Differs(name, old, null);
        }
    }

    private static JobPlan Of(JsonElement entries, JsonElement? rows, Guid? begun) =>
        new([.. entries.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, entry.Value.GetString()!))])
        {
            Begun = begun,
            Rows = rows is { } schema ? RowSchema.Read(schema) : null,
        };

    private static GptxException Damaged(string from, Exception error) =>
        new(GptxErrorKind.InvalidArgument, "JobDamaged", $"{from} does not say what the job was: {error.Message}", error);

    private static GptxException Differs(string name, string? old, string? now) => new(
        GptxErrorKind.InvalidArgument,
        "JobDiffers",
        $"the job cannot go on: {name} was {Shown(old)} when it began and is {Shown(now)} now; ask for the same, or start anew with --force");

    private static string Shown(string? value) => value is null ? "not there" : $"'{value}'";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
