using System.Diagnostics;
using System.Text.Json;
using Gptx.Checkpoints;
using Gptx.Jobs;

namespace Gptx.Tool.Output;

/// <summary>How a job went, as JSON for those who watch jobs.</summary>
internal static class JobSummaryFile
{
    /// <summary>Writes it, over an older one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="summary">How the job went, or how far it came.</param>
    /// <param name="elapsed">How long this run took.</param>
    /// <param name="exitCode">Its exit code.</param>
    public static void Write(string path, JobSummary summary, TimeSpan elapsed, int exitCode) => AtomicFile.Write(path, overwrite: true, stream =>
    {
        using var process = Process.GetCurrentProcess();
        var done = Math.Max(0, summary.Rows - summary.RowsBefore);
        using var json = new Utf8JsonWriter(stream, JsonValue.Indented);
        json.WriteStartObject();
        json.WriteNumber("rows", summary.Rows);
        json.WriteNumber("failed", summary.Failed);
        json.WriteNumber("tokens", summary.Tokens);
        json.WriteNumber("rowsBefore", summary.RowsBefore);
        json.WriteNumber("gone", summary.Gone.Count);
        json.WriteNumber("seconds", Math.Round(elapsed.TotalSeconds, 3));
        json.WriteStartObject("secondsByStage");
        foreach (var (stage, seconds) in summary.Seconds)
        {
            json.WriteNumber(stage, Math.Round(seconds, 3));
        }

        json.WriteEndObject();
        json.WriteNumber("rowsPerSecond", Math.Round(done / elapsed.TotalSeconds, 3));
        json.WriteNumber("peakMemory", process.PeakWorkingSet64);
        json.WriteNumber("exitCode", exitCode);
        json.WriteBoolean("finished", summary.IsFinished);
        json.WriteBoolean("resumable", !summary.IsFinished);
        json.WriteEndObject();
    });
}
