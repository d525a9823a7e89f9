using System.Diagnostics;
using Gptx.Tokenization.Training;
using Gptx.Tool.Input;
using Gptx.Tool.Options;

namespace Gptx.Tool.Terminal;

/// <summary>How far a training is: a bar on a line of standard error that is written over; shown after a second, and only to a person.</summary>
internal sealed class TrainingBar(TextWriter? error, TrainingFiles? files, TimeSpan patience) : IProgress<TrainingProgress>, IDisposable
{
    private const int Cells = 24;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last = -Interval;
    private int _width;

    public static TrainingBar Of(Invocation run, TrainingFiles files)
    {
        var isWanted = !run.Get(GlobalOptions.NoProgress) && run.Around.ErrorIsTerminal && run.Around.Variable("TERM") != "dumb";
        return new TrainingBar(isWanted ? run.Around.Error : null, files, TimeSpan.FromSeconds(1));
    }

    /// <summary>Shows how far it is; may be called by several threads.</summary>
    public void Report(TrainingProgress value)
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

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            error!.Write("\r" + new string(' ', _width) + "\r");
        }
    }

    private string Line(TrainingProgress progress)
    {
        if (progress.Stage == TrainingStage.Merging)
        {
            return $"{Bar(progress.Done, progress.Total ?? progress.Done)} {progress.Done} of {progress.Total} tokens";
        }

        var rate = progress.Done / 1e6 / _clock.Elapsed.TotalSeconds;
        return files?.Size is { } size and > 0
            ? $"{Bar(files.Read, size)} {files.Read / 1e6:0} of {size / 1e6:0} MB counted"
            : $"{progress.Done / 1e6:0} million characters counted, {rate:0.0} a second";
    }

    private static string Bar(long done, long total)
    {
        var full = (int)Math.Clamp(Cells * done / Math.Max(total, 1), 0, Cells);
        return new string('█', full) + new string('░', Cells - full);
    }
}
