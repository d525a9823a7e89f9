using System.Diagnostics;
using Gptx.Jobs;
using Gptx.Tool.Options;

namespace Gptx.Tool.Terminal;

/// <summary>How far a job is: a bar on a terminal, which is written over; elsewhere a line a minute, for the log of whoever started it.</summary>
internal sealed class JobBar(Invocation run) : IProgress<JobProgress>, IDisposable
{
    private const int Cells = 24;
    private static readonly TimeSpan OnTerminal = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromMinutes(1);

    private readonly bool _isTerminal = run.Around.ErrorIsTerminal && run.Around.Variable("TERM") != "dumb";
    private readonly bool _isWanted = !run.Get(GlobalOptions.NoProgress);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = run.Around.ErrorIsTerminal ? TimeSpan.FromSeconds(1) : Elsewhere;
    private JobProgress _last = new(0, 0, 0, null);
    private JobProgress? _first;
    private int _width;

    /// <summary>How far the job came.</summary>
    public JobSummary SoFar => new(_last.Rows, _last.Failed, _last.Tokens, _first?.Rows ?? 0, IsFinished: false) { TokensBefore = _first?.Tokens ?? 0 };

    /// <inheritdoc/>
    public void Report(JobProgress value)
    {
        _last = value;
        _first ??= value;
        if (!_isWanted || _clock.Elapsed < _next)
        {
            return;
        }

        _next = _clock.Elapsed + (_isTerminal ? OnTerminal : Elsewhere);
        var line = Line(value);
        if (_isTerminal)
        {
            run.Around.Error.Write("\r" + line.PadRight(_width));
            _width = line.Length;
        }
        else
        {
            run.Say(line);
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            run.Around.Error.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }

    private string Line(JobProgress value)
    {
        var rate = (value.Rows - _first!.Rows) / _clock.Elapsed.TotalSeconds;
        var failed = value.Failed > 0 ? $", {value.Failed} failed" : "";
        var text = $"{value.Rows} rows, {rate:0.#} a second{failed}";
        if (value.Share is not { } share)
        {
            return text;
        }

        var full = (int)(Cells * share);
        var left = share > 0 ? TimeSpan.FromSeconds(Math.Ceiling(_clock.Elapsed.TotalSeconds * (1 - share) / share)) : TimeSpan.Zero;
        var bar = _isTerminal ? $"{new string('█', full)}{new string('░', Cells - full)} " : "";
        return $"{bar}{share:P0} {text}, {left:g} left";
    }
}
