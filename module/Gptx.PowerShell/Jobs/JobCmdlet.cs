using System.Globalization;
using System.Management.Automation;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that reads texts of the pipeline, or with -Path does a job: rows of files into a file, which can be stopped and goes on.</summary>
public abstract class JobCmdlet : TextCmdlet
{
    /// <summary>The parameter set of a job.</summary>
    protected const string PathSet = "Path";

    private AcceptedErrors _accepted = AcceptedErrors.None;

    /// <summary>The property of the input objects, or the field of the rows of files, that holds the text.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public override string? Property { get; set; }

    /// <summary>Files of rows; wildcards are allowed, and a file of that very name comes first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>What is made: a file, by its ending, or a table of a store.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>The field that names rows; without it they are named by where they stand.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string? IdProperty { get; set; }

    /// <summary>Fields that are carried over.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string[] Keep { get; set; } = [];

    /// <summary>What a row of the output is: text (default), or a token or candidate.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateSet("text", "token", "candidate")]
    public string Rows { get; set; } = "text";

    /// <summary>Goes on with a job that was stopped; a finished one is left as it is.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter Resume { get; set; }

    /// <summary>As -Resume, and rows that failed are tried again.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter RetryErrors { get; set; }

    /// <summary>Keeps rows of the output whose id and text are the same, and computes the others.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter Update { get; set; }

    /// <summary>Does only part i of n, written i/n, from 0; auto/n takes i from the engine's variable.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string? Shard { get; set; }

    /// <summary>Replaces an output that exists, and drops a job that was stopped.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>The file that lists rows that failed. Default: beside the output.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string? ErrorPath { get; set; }

    /// <summary>The job stops when more rows than this have failed. Default: all are tried.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateRange(0, long.MaxValue)]
    public long? MaxError { get; set; }

    /// <summary>At most so many failed rows count as done: a number, or a share such as 1%. Default 0.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string? AcceptError { get; set; }

    /// <summary>A longer row fails. Default 16 MiB.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateRange(1, int.MaxValue)]
    public int MaxRowBytes { get; set; } = new RowLimits().RowBytes;

    /// <summary>A Parquet file with a row group that takes more memory is refused. Default 1 GiB.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateRange(1L << 20, 1L << 50)]
    public long MaxMemory { get; set; } = new RowLimits().GroupBytes;

    /// <summary>A row with more tokens fails. Default: what the model can read.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxRowTokens { get; set; }

    /// <summary>Seconds that rows computed together may take; then each runs alone, and one that takes longer fails. Default: no limit.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateRange(0.001, 1e6)]
    public double? RowTimeout { get; set; }

    /// <summary>A file into which the report is written too, as JSON, also where the job is stopped.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string? SummaryPath { get; set; }

    /// <summary>The job that was asked for; null where texts come through the pipeline.</summary>
    protected TextJobOptions? Job { get; private set; }

    /// <summary>The most rows that are computed together; null for the usual number.</summary>
    protected virtual int? RowsOfBatch => null;

    /// <summary>The name of what the job does with each row.</summary>
    protected abstract string TaskName { get; }

    /// <summary>What the job does with each row; asked for when the model is open.</summary>
    protected abstract IRowTask RowTask();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ParameterSetName == PathSet)
        {
            ForCommand(Path, Prepare);
        }

        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Job is null)
        {
            base.ProcessRecord();
        }
        else
        {
            ForCommand(Path, () => Do(Job));
        }
    }

    // All that can be refused is, before a model is opened.
    private void Prepare()
    {
        if (MyInvocation.ExpectingInput)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "PathTakesNoPipeline", "-Path names the files whose rows are read, and takes nothing from the pipeline: give texts there without -Path, or give their files to it");
        }

        _accepted = AcceptError is { } accepted ? AcceptedErrors.Parse(accepted) : AcceptedErrors.None;
        Job = new TextJobOptions
        {
            Sources = JobPath.Sources(SessionState.Path, Path),
            Output = JobPath.Destination(SessionState.Path, Destination),
            Fields = new RowFields(Property, IdProperty, Keep),
            Limits = new RowLimits(RowBytes: MaxRowBytes, GroupBytes: MaxMemory),
            Shard = Shard is null ? Jobs.Shard.Whole : Jobs.Shard.Parse(Shard, Environment.GetEnvironmentVariable),
            BatchRows = RowsOfBatch ?? RowsOfEnvironment(),
            Threads = Threads,
            MaxRowTokens = MaxRowTokens,
            Resume = Resume || RetryErrors,
            RetryErrors = RetryErrors,
            Update = Update,
            Layout = string.Equals(Rows, "text", StringComparison.OrdinalIgnoreCase) ? RowLayout.Text : RowLayout.Part,
            RowTimeout = RowTimeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Force = Force,
            Errors = ErrorPath is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(ErrorPath),
            MaxErrors = MaxError,
        };
        TextJob.RequireOutputKind(Job, TaskName);
    }

    // As gptx takes it, so that either goes on with the other's job.
    private static int? RowsOfEnvironment() => Environment.GetEnvironmentVariable("GPTX_BATCH_SIZE") is not { Length: > 0 } text ? null
        : int.TryParse(text, CultureInfo.InvariantCulture, out var rows) && rows >= 1 ? rows
        : throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"GPTX_BATCH_SIZE is '{text}': it must be a whole number of at least 1");

    private void Do(TextJobOptions job)
    {
        var work = new PipelineJob(this, Cancellation)
        {
            Report = (summary, elapsed, status) => JobReport.Of(job, summary, elapsed, status),
            Accepted = _accepted,
            SummaryPath = SummaryPath is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(SummaryPath),
        };
        var what = $"Take the rows of {string.Join(", ", job.Sources.Select(source => source.Name))} through {MyInvocation.MyCommand.Name} into {job.Output}";
        if (ShouldProcess(what, $"{what}?", MyInvocation.MyCommand.Name, out var reason))
        {
            work.Run(progress => new TextJob(RowTask(), job).Run(progress, Cancellation));
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            work.Estimate(() => JobEstimate.Of(RowTask(), job, Cancellation));
        }
    }
}
