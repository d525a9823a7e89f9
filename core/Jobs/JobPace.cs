using System.Globalization;

namespace Gptx.Jobs;

/// <summary>How fast a job goes, and how long it still takes, as far as its progress tells.</summary>
/// <param name="clock">Tells the time; null for the system's.</param>
public sealed class JobPace(TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly long _began = (clock ?? TimeProvider.System).GetTimestamp();
    private JobProgress? _first;
    private double? _firstShare;

    /// <summary>The latest progress; null until there is one.</summary>
    public JobProgress? Latest { get; private set; }

    /// <summary>How long the job has been going on.</summary>
    public TimeSpan Elapsed => _clock.GetElapsedTime(_began);

    /// <summary>Rows a second, those of earlier runs left out.</summary>
    public double RowsPerSecond => Latest is { } latest ? (latest.Rows - _first!.Rows) / Math.Max(Elapsed.TotalSeconds, 0.001) : 0;

    /// <summary>How long it still takes; null where that is not known.</summary>
    public TimeSpan? Left => Latest?.Share is { } share && _firstShare is { } before && share > before
        ? TimeSpan.FromSeconds(Math.Ceiling(Elapsed.TotalSeconds * (1 - share) / (share - before)))
        : null;

    /// <summary>How far it came: the summary of a job that stops now.</summary>
    public JobSummary SoFar => Latest is { } latest
        ? new JobSummary(latest.Rows, latest.Failed, latest.Tokens, _first!.Rows, IsFinished: false) { TokensBefore = _first.Tokens, Seconds = latest.SecondsByStage }
        : new JobSummary(0, 0, 0, 0, IsFinished: false);

    /// <summary>Takes note of progress.</summary>
    public void Take(JobProgress progress)
    {
        _first ??= progress;
        _firstShare ??= progress.Share;
        Latest = progress;
    }

    /// <summary>In one line, such as <c>1200 rows, 31.5 a second, 2 failed, 0:00:40 left</c>.</summary>
    public override string ToString()
    {
        var failed = Latest is { Failed: > 0 } latest ? string.Create(CultureInfo.InvariantCulture, $", {latest.Failed} failed") : "";
        var left = Left is { } time ? $", {time:g} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Latest?.Rows ?? 0} rows, {RowsPerSecond:0.#} a second{failed}{left}");
    }
}
