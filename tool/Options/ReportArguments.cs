using System.CommandLine;
using Gptx.Jobs;

namespace Gptx.Tool.Options;

/// <summary>What becomes of a job's rows that fail, and where it says how it ended.</summary>
internal sealed class ReportArguments
{
    private static readonly Option<string?> AcceptErrors = new("--accept-errors")
    {
        Description = "End with exit code 0 in place of 3 when at most so many rows failed: a number, or a share such as 1%.",
        HelpName = "N|N%",
    };

    private readonly Option<string?> _errors = new("--errors") { Description = "The file that lists rows that failed (default: OUT.errors.jsonl).", HelpName = "FILE" };

    private readonly Option<string?> _summary = new("--summary") { Description = "Write how the job went into a file, as JSON.", HelpName = "FILE" };

    /// <summary>Adds the options to a command.</summary>
    public ReportArguments(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The options that are of jobs alone; how many rows may fail can be said wherever rows are read.</summary>
    public Option[] OfJobs => [_errors, _summary];

    private Option[] All => [_errors, AcceptErrors, _summary];

    /// <summary>The file of --errors.</summary>
    public string? Errors(Invocation run) => run.Get(_errors);

    /// <summary>How many rows may fail.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>.</exception>
    public static AcceptedErrors Accepted(Invocation run) => run.Get(AcceptErrors) is { } text ? AcceptedErrors.Parse(text) : AcceptedErrors.None;

    /// <summary>Writes the file of --summary, if there is one.</summary>
    public void Save(Invocation run, JobReport report)
    {
        if (run.Get(_summary) is { } path)
        {
            JobReportJson.Save(report, path);
        }
    }
}
