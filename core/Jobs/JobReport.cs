using System.Diagnostics;
using System.Globalization;

namespace Gptx.Jobs;

/// <summary>How a job ended, for those who watch jobs: what was done, what failed, how fast, and whether it can go on.</summary>
/// <param name="Output">What was made, or will be.</param>
/// <param name="Errors">Where rows that failed are listed, if there are any.</param>
/// <param name="Status">How it ended.</param>
public sealed record JobReport(string Output, string Errors, JobStatus Status)
{
    private const int MostNamed = 10;

    /// <summary>Which part of the job it was, such as <c>0/4</c>; null for the whole job.</summary>
    public string? Shard { get; private init; }

    /// <summary>Rows of the input, those that failed among them; of a job that was stopped, those that are done.</summary>
    public long Rows { get; private init; }

    /// <summary>Rows that failed.</summary>
    public long Failed { get; private init; }

    /// <summary>Tokens that were computed, those of earlier runs among them.</summary>
    public long Tokens { get; private init; }

    /// <summary>Rows that earlier runs had done already.</summary>
    public long RowsBefore { get; private init; }

    /// <summary>With an update: ids of rows that the output had and the input has not any more.</summary>
    public IReadOnlyList<string> Gone { get; private init; } = [];

    /// <summary>The kinds of machines that computed it, where that is known; of several, numbers differ by their rounding from those of a single run.</summary>
    public IReadOnlyList<string> Machines { get; private init; } = [];

    /// <summary>How long this run took, in seconds.</summary>
    public double Seconds { get; private init; }

    /// <summary>Seconds by stage; stages overlap.</summary>
    public IReadOnlyDictionary<string, double> SecondsByStage { get; private init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Rows that this run did in a second.</summary>
    public double RowsPerSecond => Rate(Rows - RowsBefore);

    /// <summary>Tokens that this run computed in a second.</summary>
    public double TokensPerSecond { get; private init; }

    /// <summary>The most memory that this process took so far, in bytes.</summary>
    public long PeakMemory { get; private init; }

    /// <summary>The exit code of <c>gptx</c> for this end.</summary>
    public int ExitCode => (int)Status;

    /// <summary>Whether the output is there; of a shard, whether its part is.</summary>
    public bool Finished { get; private init; }

    /// <summary>Whether it can go on where it stopped.</summary>
    public bool Resumable => !Finished;

    /// <summary>The report of a job that ended now.</summary>
    /// <param name="options">The job.</param>
    /// <param name="summary">How it went, or how far it came.</param>
    /// <param name="elapsed">How long this run took.</param>
    /// <param name="status">How it ended.</param>
    public static JobReport Of(TextJobOptions options, JobSummary summary, TimeSpan elapsed, JobStatus status) =>
        Of(options.Output, options.Errors, summary, elapsed, status) with { Shard = options.Shard.IsPart ? $"{options.Shard}" : null };

    /// <summary>The report of a job whose shards were joined now.</summary>
    /// <param name="output">The output.</param>
    /// <param name="errors">Where rows with faults are listed; null is beside the output.</param>
    /// <param name="summary">How it went.</param>
    /// <param name="elapsed">How long this run took.</param>
    /// <param name="status">How it ended.</param>
    public static JobReport Of(string output, string? errors, JobSummary summary, TimeSpan elapsed, JobStatus status)
    {
        using var process = Process.GetCurrentProcess();
        var report = new JobReport(output, JobOutputs.ErrorsOf(output, errors), status)
        {
            Rows = summary.Rows,
            Failed = summary.Failed,
            Tokens = summary.Tokens,
            RowsBefore = summary.RowsBefore,
            Gone = summary.Gone,
            Machines = summary.Machines,
            Seconds = elapsed.TotalSeconds,
            SecondsByStage = summary.Seconds,
            PeakMemory = process.PeakWorkingSet64,
            Finished = summary.IsFinished,
        };
        return report with { TokensPerSecond = report.Rate(summary.Tokens - summary.TokensBefore) };
    }

    /// <summary>How a finished job ended.</summary>
    public static JobStatus StatusOf(JobSummary summary, AcceptedErrors accepted) =>
        accepted.Cover(summary.Failed, summary.Rows) ? JobStatus.Done : JobStatus.SomeRowsFailed;

    /// <summary>In one line: how many rows, how many of them failed and where they are listed.</summary>
    public override string ToString()
    {
        var part = Shard is null ? "" : $"shard {Shard}: ";
        var before = RowsBefore > 0 ? $", {Number(RowsBefore)} of them before" : "";
        var failed = Failed > 0 ? $"; {Number(Failed)} failed ({Errors})" : "";
        var gone = Gone.Count > 0 ? $"; gone from the input: {string.Join(", ", Gone.Take(MostNamed))}{(Gone.Count > MostNamed ? $" and {Gone.Count - MostNamed} more" : "")}" : "";
        var machines = Machines.Count > 1 ? $"; computed on {Machines.Count} kinds of machines ({string.Join("; ", Machines)}): ids are those of a single run, vectors within 1e-5" : "";
        var stopped = Finished ? "" : "; stopped: rows that are done are kept";
        return $"{part}{Number(Rows)} rows{before}{failed}{gone}{machines}{stopped}";
    }

    private double Rate(long count) => Seconds > 0 ? Math.Max(0, count) / Seconds : 0;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
