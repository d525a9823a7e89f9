using System.Diagnostics;

namespace Gptx.Benchmarks;

/// <summary>Seconds from process start to the first generated token on stdout, of the published tool with the embedded model.</summary>
public static class StartTime
{
    private const int Runs = 15;
    private const string ToolVariable = "GPTX_TOOL";

    /// <summary>Needs the path of a published gptx in GPTX_TOOL; says so and measures nothing without it.</summary>
    public static IEnumerable<Measurement> Measure()
    {
        if (Environment.GetEnvironmentVariable(ToolVariable) is not { Length: > 0 } tool)
        {
            Console.Error.WriteLine($"start time not measured: set {ToolVariable} to a published gptx (dotnet publish tool -c Release -o DIR)");
            yield break;
        }

        var seconds = Enumerable.Range(0, Runs).Select(_ => ToFirstByte(tool)).Order().ToArray();
        yield return new Measurement("gptx generate: process start to first token, median (goal 0.3)", seconds[Runs / 2], "s");
        yield return new Measurement("gptx generate: process start to first token, best", seconds[0], "s");
    }

    private static double ToFirstByte(string tool)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(tool, ["generate", "Once upon a time", "--max-tokens", "1", "--no-prompt"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        _ = process.StandardOutput.Read();
        var seconds = watch.Elapsed.TotalSeconds;
        _ = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return seconds;
    }
}
