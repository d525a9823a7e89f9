using System.Diagnostics;

namespace Gptx.Jobs;

/// <summary>How long the stages of a job take.</summary>
internal sealed class StageClock
{
    private readonly Dictionary<string, long> _ticks = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Seconds by stage.</summary>
    public IReadOnlyDictionary<string, double> Seconds
    {
        get
        {
            lock (_lock)
            {
                return _ticks.ToDictionary(stage => stage.Key, stage => Stopwatch.GetElapsedTime(0, stage.Value).TotalSeconds, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Does something and adds the time that it takes to a stage.</summary>
    public T Time<T>(string stage, Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            lock (_lock)
            {
                _ticks[stage] = _ticks.GetValueOrDefault(stage) + Stopwatch.GetTimestamp() - start;
            }
        }
    }
}
