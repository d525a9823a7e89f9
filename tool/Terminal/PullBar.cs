using System.Diagnostics;
using Gptx.Checkpoints.Hub;
using Gptx.Tool.Options;

namespace Gptx.Tool.Terminal;

/// <summary>How far a pull is, how fast, and how long it will take: a line of standard error that is written over; after a second, and only to a person.</summary>
internal sealed class PullBar(Invocation run, TextWriter? error, TimeSpan patience) : IProgress<PullProgress>, IDisposable
{
    private const int Cells = 24;
    private const double Forgetting = 0.3;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last = TimeSpan.Zero;
    private long _lastBytes;
    private double _rate;
    private int _width;

    public static PullBar Of(Invocation run)
    {
        var isWanted = !run.Get(GlobalOptions.NoProgress) && run.Around.ErrorIsTerminal && run.Around.Variable("TERM") != "dumb"
            && run.Around.Variable("HF_HUB_DISABLE_PROGRESS_BARS")?.ToUpperInvariant() is not ("1" or "ON" or "YES" or "TRUE");
        return new PullBar(run, isWanted ? run.Around.Error : null, TimeSpan.FromSeconds(1));
    }

    /// <summary>Shows how far it is; may be called by several threads.</summary>
    public void Report(PullProgress value)
    {
        lock (_lock)
        {
            var now = _clock.Elapsed;
            if (error is null || now < patience || now - _last < Interval)
            {
                return;
            }

            var rate = Math.Max(0, value.DoneBytes - _lastBytes) / (now - _last).TotalSeconds;
            _rate = _rate == 0 ? rate : (Forgetting * rate) + ((1 - Forgetting) * _rate);
            (_last, _lastBytes) = (now, value.DoneBytes);
            var line = Line(value, _rate);
            error.Write("\r" + line.PadRight(_width));
            _width = line.Length;
        }
    }

    /// <summary>Says something, above the bar.</summary>
    public void Say(string message)
    {
        lock (_lock)
        {
            Clear();
            run.Say(message);
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose() => Clear();

    /// <summary>The line, at a rate in bytes a second.</summary>
    internal static string Line(PullProgress progress, double rate)
    {
        var full = (int)Math.Clamp(Cells * progress.DoneBytes / Math.Max(progress.TotalBytes, 1), 0, Cells);
        var left = rate > 0 ? $", {TimeSpan.FromSeconds(Math.Ceiling(Math.Min((progress.TotalBytes - progress.DoneBytes) / rate, 1e6))):g} left" : "";
        return $"{new string('█', full)}{new string('░', Cells - full)} {ByteSize.Text(progress.DoneBytes)} of {ByteSize.Text(progress.TotalBytes)}, {ByteSize.Text((long)rate)}/s{left}";
    }

    private void Clear()
    {
        if (_width > 0)
        {
            error!.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }
}
