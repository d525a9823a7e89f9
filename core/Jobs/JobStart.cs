namespace Gptx.Jobs;

/// <summary>Whether a job may begin, must go on, or is finished already.</summary>
internal static class JobStart
{
    /// <summary>The summary of a job that is finished already; null where there is something to do.</summary>
    /// <exception cref="GptxException"><c>OutputExists</c>, <c>JobUnfinished</c>, <c>JobDiffers</c>.</exception>
    public static JobSummary? Check(IJobOutput output, JobPlan plan, TextJobOptions options)
    {
        var exists = output.Exists;
        if (options.Update && exists)
        {
            Finished(output, plan, orOtherSources: true);
            return null;
        }

        var isUnfinished = !IsAnew(output, options) && output.Unfinished is not null;
        if (!options.Force && !isUnfinished && !exists && output.Others.FirstOrDefault(File.Exists) is { } other)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OutputExists", $"{other}, which the job would write, exists already, and {output.Name} does not: --force replaces it");
        }

        if (options.Resume)
        {
            var finished = !isUnfinished && exists ? Finished(output, plan) : null;
            return options.RetryErrors && finished is { Failed: > 0 } ? null : finished;
        }

        if (options.Force)
        {
            return null;
        }

        if (exists)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OutputExists", $"{output.Name} exists already: --force replaces it, --resume keeps it where it is this job's");
        }

        return isUnfinished && !options.Shard.IsPart
            ? throw new GptxException(GptxErrorKind.InvalidArgument, "JobUnfinished", $"{output.PartialName} holds a job that was stopped: --resume goes on with it, --force drops it and starts anew")
            : null;
    }

    /// <summary>Whether what a job that was stopped has left behind is dropped.</summary>
    public static bool IsAnew(IJobOutput output, TextJobOptions options) =>
        options is { Force: true, Resume: false, Shard.IsPart: false } && !(options.Update && output.Exists);

    /// <summary>How the job went that made the output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="plan">What the job must have been; null takes it as it is.</param>
    /// <param name="orOtherSources">Whether its rows may have come from elsewhere.</param>
    /// <exception cref="GptxException"><c>JobDiffers</c>, <c>JobDamaged</c>.</exception>
    public static JobSummary Finished(IJobOutput output, JobPlan? plan, bool orOtherSources = false)
    {
        var (made, summary) = output.Finished ?? throw new GptxException(
            GptxErrorKind.InvalidArgument, "JobDiffers", $"{output.Name} exists, and nothing with it says that a job made it: --force replaces it");
        plan?.RequireSame(made, orOtherSources);
        return summary;
    }
}
