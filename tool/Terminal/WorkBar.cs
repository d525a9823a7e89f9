using System.Diagnostics;
using Gptx.Tool.Options;

namespace Gptx.Tool.Terminal;

/// <summary>How far a long piece of work is: a bar on a line of standard error that is written over; shown after a second, and only to a person.</summary>
internal sealed class WorkBar(TextWriter? error, TimeSpan patience) : IProgress<WorkProgress>, IDisposable
{
    private const int Cells = 24;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last = -Interval;
    private int _width;

    public static WorkBar Of(Invocation run)
    {
        var isWanted = !run.Get(GlobalOptions.NoProgress) && run.Around.ErrorIsTerminal && run.Around.Variable("TERM") != "dumb";
        return new WorkBar(isWanted ? run.Around.Error : null, TimeSpan.FromSeconds(1));
    }

    /// <summary>Shows how far it is; may be called by several threads.</summary>
    public void Report(WorkProgress value)
    {
        lock (_lock)
        {
            if (error is null || _clock.Elapsed < patience || _clock.Elapsed - _last < Interval)
            {
                return;
            }

            _last = _clock.Elapsed;
            var line = Line(value);
            error.Write("\r" + line.PadRight(_width));
            _width = line.Length;
        }
    }

    // Without a total nobody knows how much there is.
    private static string Line(WorkProgress value)
    {
        if (value.Total == 0)
        {
            return value.What;
        }

        var share = Math.Clamp((double)value.Done / value.Total, 0, 1);
        var full = (int)(Cells * share);
        return $"{new string('█', full)}{new string('░', Cells - full)} {value.What}, {100 * share:0} %";
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            error!.Write("\r" + new string(' ', _width) + "\r");
        }
    }
}
