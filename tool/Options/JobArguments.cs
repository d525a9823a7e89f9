using System.CommandLine;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tool.Options;

/// <summary>The options of a job: rows of files into a file, which can be stopped and goes on.</summary>
internal sealed class JobArguments
{
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with a job that was stopped; a finished one is left as it is." };
    private readonly Option<bool> _retry = new("--retry-errors") { Description = "With --resume: try rows again that failed." };
    private readonly Option<bool> _update = new("--update") { Description = "Keep rows of the output whose id and text are the same; compute the others." };

    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "Do only part i of n, from 0; auto/n takes i from SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX. 'gptx merge' joins the parts.",
        HelpName = "i/n",
    };

    private readonly Option<int?> _maxErrors = Numbers.Whole("--max-errors", "Stop when more rows than this have failed.");

    private readonly Option<int?> _maxBytes = Numbers.Whole("--max-row-bytes", "A longer row is a row error (default 16777216).");
    private readonly Option<string?> _maxMemory = new("--max-memory")
    {
        Description = "A Parquet file with a row group that takes more memory is refused; for example 512M or 4G (default 1G).",
        HelpName = "SIZE",
    };

    private readonly Option<int?> _maxTokens = Numbers.Whole("--max-row-tokens", "A row with more tokens is a row error.");
    private readonly Option<double?> _timeout = Numbers.Real("--row-timeout", "Seconds that rows computed together may take; then each runs alone, and one that takes longer is a row error.");
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Write nothing: say how many rows and tokens there are, and what time and memory they would take." };
    private readonly Option<string?> _rows = new("--rows") { Description = "What a row of the output is: text (default), or token or candidate: a row each.", HelpName = "KIND" };

    private readonly ReportArguments _report;

    /// <summary>Adds the options to a command.</summary>
    public JobArguments(Command command)
    {
        foreach (var option in Own)
        {
            command.Options.Add(option);
        }

        _report = new ReportArguments(command);
    }

    /// <summary>What becomes of rows that fail, and where the job says how it ended.</summary>
    public ReportArguments Report => _report;

    private Option[] Own => [_resume, _retry, _update, _shard, _maxErrors, _maxBytes, _maxMemory, _maxTokens, _timeout, _dryRun, _rows];

    /// <summary>Whether rows of files go into a file: a job.</summary>
    /// <exception cref="GptxException"><c>UsageInvalid</c>: an option of a job, and no job.</exception>
    public bool IsJob(Invocation run, TextOptions texts, OutputOptions output)
    {
        if (texts.HasInput(run) && OutputOptions.Path(run) is not null && !output.HasFlag(run) && !FigureOption.IsGiven(run))
        {
            return true;
        }

        return Own.Concat(_report.OfJobs).FirstOrDefault(option => run.Parsed.GetResult(option) is { Implicit: false }) is { } option
            ? throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", $"{option.Name} is of a job: give --input FILE and --out FILE too, without --json, --jsonl, --csv and --figure")
            : false;
    }

    /// <summary>The job as it was asked for.</summary>
    public TextJobOptions Read(Invocation run, TextOptions texts, OutputOptions output) => new()
    {
        Sources = texts.Sources(run),
        Output = OutputOptions.Path(run)!,
        Fields = texts.Fields(run),
        Limits = new RowLimits(
            RowBytes: AtLeastOne("--max-row-bytes", run.Get(_maxBytes)) ?? new RowLimits().RowBytes,
            GroupBytes: run.Get(_maxMemory) is { } size ? MemorySize.Parse("max-memory", size) : new RowLimits().GroupBytes),
        MayBeChat = texts.MayBeChat(run),
        Shard = run.Get(_shard) is { } shard ? Shard.Parse(shard, run.Variable) : Shard.Whole,
        BatchRows = texts.BatchSizeAsked(run),
        MaxRowTokens = AtLeastOne("--max-row-tokens", run.Get(_maxTokens)),
        Resume = run.Get(_resume) || run.Get(_retry),
        RetryErrors = run.Get(_retry),
        Update = run.Get(_update),
        Layout = Layout(run),
        RowTimeout = Timeout(run),
        Force = output.Force(run),
        Errors = _report.Errors(run),
        MaxErrors = run.Get(_maxErrors),
    };

    /// <summary>Whether nothing is to be written.</summary>
    public bool IsDryRun(Invocation run) => run.Get(_dryRun);

    private RowLayout Layout(Invocation run) => run.Get(_rows) switch
    {
        null or "text" => RowLayout.Text,
        "token" or "candidate" or "part" => RowLayout.Part,
        var other => throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"rows '{other}' is not allowed: it must be text, token or candidate"),
    };

    private TimeSpan? Timeout(Invocation run) => run.Get(_timeout) switch
    {
        null => null,
        > 0 and < 1e6 and var seconds => TimeSpan.FromSeconds(seconds),
        var other => throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"row-timeout {other} is not allowed: it must be a number of seconds above 0"),
    };

    private static int? AtLeastOne(string option, int? value) => value is null or >= 1 ? value : throw new GptxException(
        GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"{option} {value} is not allowed: it must be at least 1");
}
