using System.Diagnostics;
using Gptx.Tool.Options;

namespace Gptx.Tool.Terminal;

/// <summary>How many rows are done: a bar on a line of standard error that is written over; shown after a second, and only to a person.</summary>
internal sealed class RowProgress : IDisposable
{
    private const int Cells = 24;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);
    private readonly TextWriter? _error;
    private readonly Lazy<int?> _total;
    private readonly TimeSpan _patience;
    private readonly string _what;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last;
    private int _width;

    /// <summary>A bar on a writer, or none; the total is asked for when the bar is first shown, after some patience.</summary>
    public RowProgress(TextWriter? error, Func<int?> total, TimeSpan patience, string what = "rows")
    {
        _what = what;
        _error = error;
        _total = new Lazy<int?>(total);
        _patience = patience;
        _last = -Interval;
    }

    /// <summary>Progress for the rows of a run; none where results are written to the same terminal.</summary>
    public static RowProgress Of(Invocation run, TextOptions texts) => Of(run, () => texts.Count(run), "rows");

    /// <summary>Progress over so many things of another kind.</summary>
    public static RowProgress Of(Invocation run, int total, string what) => Of(run, () => total, what);

    private static RowProgress Of(Invocation run, Func<int?> total, string what)
    {
        var isWanted = !run.Get(GlobalOptions.NoProgress) && HasItsOwnLine(run.Around, isToFile: OutputOptions.Path(run) is not null);
        return new RowProgress(isWanted ? run.Around.Error : null, total, TimeSpan.FromSeconds(1), what);
    }

    /// <summary>Whether a person sees standard error, and sees no results there between.</summary>
    public static bool HasItsOwnLine(Surroundings around, bool isToFile) =>
        around.ErrorIsTerminal && (isToFile || !around.OutIsTerminal) && around.Variable("TERM") != "dumb";

    /// <summary>So many rows are done.</summary>
    public void Report(int rows)
    {
        if (_error is null || _clock.Elapsed < _patience || _clock.Elapsed - _last < Interval)
        {
            return;
        }

        _last = _clock.Elapsed;
        var line = Line(rows, rows / _clock.Elapsed.TotalSeconds);
        _error.Write("\r" + line.PadRight(_width));
        _width = line.Length;
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            _error!.Write("\r" + new string(' ', _width) + "\r");
        }
    }

    private string Line(int rows, double rate)
    {
        if (_total.Value is not { } total || total < rows)
        {
            return $"{rows} {_what}, {rate:0.#} a second";
        }

        var full = (int)((long)Cells * rows / Math.Max(total, 1));
        var left = TimeSpan.FromSeconds(Math.Ceiling((total - rows) / rate));
        return $"{new string('█', full)}{new string('░', Cells - full)} {rows} of {total} {_what}, {rate:0.#} a second, {left:g} left";
    }
}
