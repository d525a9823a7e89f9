using System.Diagnostics;
using Gptx.Tool.Options;

namespace Gptx.Tool.Terminal;

/// <summary>How far a long computation is: a bar on a line of standard error that is written over; shown after a second, and only to a person.</summary>
internal sealed class StageBar(TextWriter? error) : IDisposable
{
    private const int Cells = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last = -Interval;
    private int _width;

    public static StageBar Of(Invocation run)
    {
        var isWanted = !run.Get(GlobalOptions.NoProgress) && run.Around.ErrorIsTerminal && run.Around.Variable("TERM") != "dumb";
        return new StageBar(isWanted ? run.Around.Error : null);
    }

    /// <summary>Shows how far it is; may be called by several threads.</summary>
    public void Report(string what, int done, int total)
    {
        lock (_lock)
        {
            if (error is null || _clock.Elapsed < Patience || _clock.Elapsed - _last < Interval)
            {
                return;
            }

            _last = _clock.Elapsed;
            var full = (int)Math.Clamp((long)Cells * done / Math.Max(total, 1), 0, Cells);
            var line = $"{new string('█', full)}{new string('░', Cells - full)} {what}: {done} of {total}";
            error.Write("\r" + line.PadRight(_width));
            _width = line.Length;
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            error!.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }
}
