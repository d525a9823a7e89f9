using System.Text.Json;
using Gptx.Checkpoints;
using Gptx.Jobs.Output;

namespace Gptx.Jobs;

/// <summary>What a finished job says about itself: in its output, where that can hold it, else in a file beside it.</summary>
internal static class FinishedJob
{
    private const string Result = "result";

    /// <summary>Writes it beside an output that cannot hold it.</summary>
    public static void Write(JobFiles files, JobPlan plan, JobSummary summary)
    {
        if (RowSinks.HoldsProvenance(files.Output))
        {
            return;
        }

        var content = RowJson.Object(json =>
        {
            plan.Write(json);
            json.WriteStartObject(Result);
            json.WriteNumber("rows", summary.Rows);
            json.WriteNumber("failed", summary.Failed);
            json.WriteNumber("tokens", summary.Tokens);
            json.WriteEndObject();
        });
        AtomicFile.Write(files.Provenance, overwrite: true, stream => stream.Write(content), files.Unfinished(files.Provenance));
    }

    /// <summary>What the job was that made an output, and how it went; null where there is none, or none made it.</summary>
    /// <exception cref="GptxException"><c>JobDamaged</c>.</exception>
    public static (JobPlan Plan, JobSummary Summary)? Read(JobFiles files)
    {
        if (RowSinks.HoldsProvenance(files.Output))
        {
            return File.Exists(files.Output) ? ParquetProvenance.Read(files.Output) : null;
        }

        return File.Exists(files.Provenance) ? (JobPlan.Read(files.Provenance), Summary(files.Provenance)) : null;
    }

    private static JobSummary Summary(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var result = json.RootElement.GetProperty(Result);
            var rows = result.GetProperty("rows").GetInt64();
            var tokens = result.GetProperty("tokens").GetInt64();
            return new JobSummary(rows, result.GetProperty("failed").GetInt64(), tokens, rows, IsFinished: true) { TokensBefore = tokens };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "JobDamaged", $"{path} does not say how the job went: {error.Message}", error);
        }
    }
}
