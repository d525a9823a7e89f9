using System.Text.Json;

namespace Gptx.Checkpoints.Hub;

/// <summary>The files of a model at one commit: from the hub's listing, or from the copy of it that huggingface_hub keeps in <c>trees/COMMIT.json</c>.</summary>
internal static class HubTree
{
    private const int FormatVersion = 1;
    private const int LongestFile = 64 << 20;

    /// <summary>The files on one page of the hub's answer; folders are left out.</summary>
    /// <exception cref="GptxException"><c>HubFileNameUnsafe</c>; <c>HubAnswerWrong</c>.</exception>
    public static IEnumerable<HubFile> OfAnswer(JsonElement page, HubModelName model)
    {
        if (page.ValueKind != JsonValueKind.Array)
        {
            throw HubError.AnswerWrong(model, "its list of files is no list");
        }

        foreach (var entry in page.EnumerateArray())
        {
            if (Text(entry, "type") == "directory")
            {
                continue;
            }

            var name = HubFileName.Check(Text(entry, "path") ?? throw HubError.AnswerWrong(model, "a file in its list has no path"), model);
            JsonElement? large = entry.TryGetProperty("lfs", out var found) && found.ValueKind == JsonValueKind.Object ? found : null;
            var sha256 = large is { } lfs ? (Text(lfs, "oid") ?? Text(lfs, "sha256"))?.Replace("sha256:", "", StringComparison.Ordinal) : null;
            var blob = Text(entry, "oid") ?? "";
            var size = (large is { } sized ? Number(sized, "size") : null) ?? Number(entry, "size");
            if (size is not >= 0 || !HubFileName.IsBlob(sha256 ?? blob))
            {
                throw HubError.AnswerWrong(model, $"its list has no size or no hash of {Excerpt.Of(name)}");
            }

            yield return new HubFile(name, size.Value, blob, sha256, Text(entry, "xetHash"));
        }
    }

    /// <summary>The listing that was kept; null where there is none, or it is of a form that is not known.</summary>
    public static IReadOnlyList<HubFile>? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var json = PythonJson.ReadObject(path, LongestFile);
            if (Number(json, "format_version") != FormatVersion || !json.TryGetProperty("files", out var files) || files.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var read = files.EnumerateObject().Select(OfKept).ToList();
            return read.Contains(null) ? null : [.. read.OfType<HubFile>()];
        }
        catch (GptxException)
        {
            // As huggingface_hub does: a copy that cannot be read is none, and the hub is asked again.
            return null;
        }
    }

    /// <summary>Keeps a listing, as huggingface_hub writes it.</summary>
    public static void Write(HubCache cache, string path, IEnumerable<HubFile> files) => cache.WriteWhole(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentSize = 1, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteNumber("format_version", FormatVersion);
        json.WriteStartObject("files");
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject(file.Name);
            json.WriteNumber("size", file.Size);
            json.WriteString("blob_id", file.BlobId);
            if (file.Sha256 is not null)
            {
                json.WriteString("lfs_sha256", file.Sha256);
                json.WriteNumber("lfs_size", file.Size);
            }

            if (file.XetHash is not null)
            {
                json.WriteString("xet_hash", file.XetHash);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static HubFile? OfKept(JsonProperty entry) =>
        entry.Value.ValueKind == JsonValueKind.Object && HubFileName.IsInside(entry.Name) && Number(entry.Value, "size") is >= 0 and var size
            && Text(entry.Value, "blob_id") is { } blob && HubFileName.IsBlob(Text(entry.Value, "lfs_sha256") ?? blob)
            ? new HubFile(entry.Name, Number(entry.Value, "lfs_size") ?? size, blob, Text(entry.Value, "lfs_sha256"), Text(entry.Value, "xet_hash"))
            : null;

    private static string? Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    private static long? Number(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var number) ? number : null;
}
