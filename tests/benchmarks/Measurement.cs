using System.Diagnostics;

namespace Gptx.Benchmarks;

/// <summary>One number, what it is, and its unit.</summary>
public sealed record Measurement(string What, double Value, string Unit)
{
    /// <summary>The median seconds of several runs after one that does not count.</summary>
    public static double MedianSeconds(int runs, Action action)
    {
        action();
        var seconds = new double[runs];
        for (var run = 0; run < runs; run++)
        {
            var watch = Stopwatch.StartNew();
            action();
            seconds[run] = watch.Elapsed.TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds[runs / 2];
    }
}
