using System.Text.Json;
using Gptx.Checkpoints;

namespace Gptx.Jobs;

/// <summary>How a job ended as JSON, for programs that watch jobs.</summary>
public static class JobReportJson
{
    private static readonly JsonWriterOptions Indented = new() { Encoder = PlainJsonEncoder.Instance, Indented = true, NewLine = "\n" };

    /// <summary>Writes a report into a file, over an older one.</summary>
    /// <exception cref="GptxException"><c>OutputNotWritable</c>.</exception>
    public static void Save(JobReport report, string path) => AtomicFile.Write(path, overwrite: true, stream => Write(report, stream));

    /// <summary>Writes a report as a JSON object.</summary>
    public static void Write(JobReport report, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        json.WriteString("output", report.Output);
        json.WriteString("errors", report.Errors);
        json.WriteString("shard", report.Shard);
        json.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName($"{report.Status}"));
        json.WriteNumber("exitCode", report.ExitCode);
        json.WriteBoolean("finished", report.Finished);
        json.WriteBoolean("resumable", report.Resumable);
        Counts(json, report);
        Times(json, report);
        json.WriteNumber("peakMemory", report.PeakMemory);
        json.WriteEndObject();
    }

    private static void Counts(Utf8JsonWriter json, JobReport report)
    {
        json.WriteNumber("rows", report.Rows);
        json.WriteNumber("failed", report.Failed);
        json.WriteNumber("tokens", report.Tokens);
        json.WriteNumber("rowsBefore", report.RowsBefore);
        Texts(json, "gone", report.Gone);
        Texts(json, "machines", report.Machines);
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Times(Utf8JsonWriter json, JobReport report)
    {
        json.WriteNumber("seconds", Math.Round(report.Seconds, 3));
        json.WriteStartObject("secondsByStage");
        foreach (var (stage, seconds) in report.SecondsByStage)
        {
            json.WriteNumber(stage, Math.Round(seconds, 3));
        }

        json.WriteEndObject();
        json.WriteNumber("rowsPerSecond", Math.Round(report.RowsPerSecond, 3));
        json.WriteNumber("tokensPerSecond", Math.Round(report.TokensPerSecond, 3));
    }
}
