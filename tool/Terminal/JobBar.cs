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
    private readonly JobPace _pace = new();
    private TimeSpan _next = run.Around.ErrorIsTerminal ? TimeSpan.FromSeconds(1) : Elsewhere;
    private int _width;

    /// <summary>How far the job came.</summary>
    public JobSummary SoFar => _pace.SoFar;

    /// <inheritdoc/>
    public void Report(JobProgress value)
    {
        _pace.Take(value);
        if (!_isWanted || _pace.Elapsed < _next)
        {
            return;
        }

        _next = _pace.Elapsed + (_isTerminal ? OnTerminal : Elsewhere);
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
        if (value.Share is not { } share)
        {
            return $"{_pace}";
        }

        var full = (int)(Cells * share);
        var bar = _isTerminal ? $"{new string('█', full)}{new string('░', Cells - full)} " : "";
        return $"{bar}{share:P0} {_pace}";
    }
}
