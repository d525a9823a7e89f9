using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Gptx.Jobs;
using Gptx.Tool.Options;

namespace Gptx.Tool.Commands;

/// <summary>
/// gptx merge: makes the output of a job whose shards are done. What the job was lies with what the shards recorded; where the command with which they were run is
/// written behind it, the job must be that one.
/// </summary>
internal sealed class MergeCommand : GptxCommand
{
    private static readonly string[] Jobs = ["embed", "score", "tokenize", "next", "generate", "fill", "classify", "tag", "answer", "lens"];

    private readonly Argument<string?> _output = new("OUT") { Arity = ArgumentArity.ZeroOrOne, Description = "The output that the shards were given." };
    private readonly Option<bool> _json = new("--json") { Description = "Say how it went as a JSON document." };
    private readonly ReportArguments _report;

    public MergeCommand()
        : base("merge", "Make the output of a job that was done in shards: the bytes of a single run.")
    {
        Arguments.Add(_output);
        _report = new ReportArguments(this);
        Options.Add(_json);
        foreach (var command in CommandTable.Make(Jobs))
        {
            Subcommands.Add(command);
        }

        SetAction(_ => ExitCode.Ok); // never called; a command without one cannot stand alone where others may stand behind it
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx merge vectors.jsonl",
        "gptx merge embed --input notes.txt --out vectors.jsonl",
    ];

    /// <summary>Whether the command that runs stands behind 'merge'.</summary>
    public static bool IsMerging(Invocation run) => run.Parsed.CommandResult.Parent is System.CommandLine.Parsing.CommandResult { Command: MergeCommand };

    public override int Execute(Invocation run)
    {
        var output = run.Get(_output) ?? throw new GptxException(
            GptxErrorKind.InvalidArgument, "UsageInvalid", $"which job? give its output, 'gptx merge OUT', or the command with which the shards were run: {string.Join(", ", Jobs)}");
        var (errors, accepted) = (_report.Errors(run), ReportArguments.Accepted(run));
        var clock = Stopwatch.StartNew();
        var summary = JobMerge.Run(output, errors, run.Cancellation);
        var report = JobReport.Of(output, errors, summary, clock.Elapsed, JobReport.StatusOf(summary, accepted));
        _report.Save(run, report);
        Say(run, report);
        return report.ExitCode;
    }

    private void Say(Invocation run, JobReport report)
    {
        if (!run.Get(_json))
        {
            run.Say($"{report}");
            return;
        }

        using var json = new MemoryStream();
        JobReportJson.Write(report, json);
        run.Around.Out.WriteLine(Encoding.UTF8.GetString(json.ToArray()));
    }
}
