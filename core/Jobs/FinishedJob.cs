using System.Text.Json;
using Gptx.Checkpoints;

namespace Gptx.Jobs;

/// <summary>What a finished job says about itself.</summary>
internal static class FinishedJob
{
    private const string Result = "result";

    /// <summary>Writes it beside the output.</summary>
    public static void Write(JobFiles files, JobPlan plan, JobSummary summary) => AtomicFile.Write(files.Provenance, overwrite: true, stream => stream.Write(RowJson.Object(json =>
    {
        plan.Write(json);
        json.WriteStartObject(Result);
        json.WriteNumber("rows", summary.Rows);
        json.WriteNumber("failed", summary.Failed);
        json.WriteNumber("tokens", summary.Tokens);
        json.WriteEndObject();
    })));

    /// <summary>Reads it, if it was the same job.</summary>
    /// <param name="files">The job's files.</param>
    /// <param name="plan">What the job must have been; null takes it as it is.</param>
    /// <param name="orOtherSources">Whether its rows may have come from elsewhere.</param>
    /// <exception cref="GptxException"><c>JobDiffers</c>, <c>JobDamaged</c>.</exception>
    public static JobSummary Read(JobFiles files, JobPlan? plan, bool orOtherSources = false)
    {
        if (!File.Exists(files.Provenance))
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "JobDiffers", $"{files.Output} exists, and no {Path.GetFileName(files.Provenance)} says that a job made it: --force replaces it");
        }

        var recorded = JobPlan.Read(files.Provenance);
        plan?.RequireSame(recorded, orOtherSources);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(files.Provenance));
            var result = json.RootElement.GetProperty(Result);
            var rows = result.GetProperty("rows").GetInt64();
            var tokens = result.GetProperty("tokens").GetInt64();
            return new JobSummary(rows, result.GetProperty("failed").GetInt64(), tokens, rows, IsFinished: true) { TokensBefore = tokens };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "JobDamaged", $"{files.Provenance} does not say how the job went: {error.Message}", error);
        }
    }
}
