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

    /// <summary>Reads it, if it was the same job.</summary>
    /// <param name="files">The job's files.</param>
    /// <param name="plan">What the job must have been; null takes it as it is.</param>
    /// <param name="orOtherSources">Whether its rows may have come from elsewhere.</param>
    /// <exception cref="GptxException"><c>JobDiffers</c>, <c>JobDamaged</c>.</exception>
    public static JobSummary Read(JobFiles files, JobPlan? plan, bool orOtherSources = false)
    {
        var (recorded, summary) = Find(files) ?? throw new GptxException(
            GptxErrorKind.InvalidArgument, "JobDiffers", $"{files.Output} exists, and {Place(files)} does not say that a job made it: --force replaces it");
        plan?.RequireSame(recorded, orOtherSources);
        return summary;
    }

    /// <summary>What the job was that made an output; null where there is none, or none made it.</summary>
    /// <exception cref="GptxException"><c>JobDamaged</c>.</exception>
    public static JobPlan? PlanOf(JobFiles files) => Find(files)?.Plan;

    private static (JobPlan Plan, JobSummary Summary)? Find(JobFiles files)
    {
        if (RowSinks.HoldsProvenance(files.Output))
        {
            return File.Exists(files.Output) ? ParquetProvenance.Read(files.Output) : null;
        }

        return File.Exists(files.Provenance) ? (JobPlan.Read(files.Provenance), Summary(files.Provenance)) : null;
    }

    private static string Place(JobFiles files) => RowSinks.HoldsProvenance(files.Output) ? "its metadata" : $"{Path.GetFileName(files.Provenance)}";

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
