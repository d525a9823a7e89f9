namespace Gptx.Jobs;

/// <summary>Whether a job may begin, must go on, or is finished already.</summary>
internal static class JobStart
{
    /// <summary>The summary of a job that is finished already; null where there is something to do.</summary>
    /// <exception cref="GptxException"><c>OutputExists</c>, <c>JobUnfinished</c>, <c>JobDiffers</c>.</exception>
    public static JobSummary? Check(JobFiles files, JobPlan plan, TextJobOptions options)
    {
        var isUnfinished = File.Exists(files.Plan);
        if (options.Update && File.Exists(files.Output))
        {
            FinishedJob.Read(files, plan, orOtherSources: true);
            return null;
        }

        if (!options.Force && !isUnfinished && !File.Exists(files.Output) && (string?[])[files.Errors, files.Beside] is var others && others.FirstOrDefault(File.Exists) is { } other)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OutputExists", $"{other}, which the job would write, exists already, and {files.Output} does not: --force replaces it");
        }

        if (options.Resume)
        {
            var finished = !isUnfinished && File.Exists(files.Output) ? FinishedJob.Read(files, plan) : null;
            return options.RetryErrors && finished is { Failed: > 0 } ? null : finished;
        }

        if (options.Force)
        {
            return null;
        }

        if (File.Exists(files.Output))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OutputExists", $"{files.Output} exists already: --force replaces it, --resume keeps it where it is this job's");
        }

        return isUnfinished && !options.Shard.IsPart
            ? throw new GptxException(GptxErrorKind.InvalidArgument, "JobUnfinished", $"{files.Partial} holds a job that was stopped: --resume goes on with it, --force drops it and starts anew")
            : null;
    }

    /// <summary>Whether what a job that was stopped has left behind is dropped.</summary>
    public static bool IsAnew(JobFiles files, TextJobOptions options) =>
        options is { Force: true, Resume: false, Shard.IsPart: false } && !(options.Update && File.Exists(files.Output));
}
