using System.Diagnostics;
using Gptx.Tool.Options;

namespace Gptx.Tool.Terminal;

/// <summary>How many rows are done, on a line of standard error that is written over; shown after a second, and only to a person.</summary>
internal sealed class RowProgress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);
    private readonly TextWriter? _error;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last;
    private bool _shown;

    private RowProgress(TextWriter? error) => _error = error;

    public static RowProgress Of(Invocation run)
    {
        var around = run.Around;
        var isWanted = around.ErrorIsTerminal && !around.OutIsTerminal && !run.Get(GlobalOptions.NoProgress) && around.Variable("TERM") != "dumb";
        return new RowProgress(isWanted ? around.Error : null);
    }

    public void Report(int rows)
    {
        if (_error is null || _clock.Elapsed < Patience || _clock.Elapsed - _last < Interval)
        {
            return;
        }

        _last = _clock.Elapsed;
        _shown = true;
        _error.Write($"\r{rows} rows, {rows / _clock.Elapsed.TotalSeconds:0.#} a second ");
    }

    public void Dispose()
    {
        if (_shown)
        {
            _error!.Write("\r" + new string(' ', 40) + "\r");
        }
    }
}
