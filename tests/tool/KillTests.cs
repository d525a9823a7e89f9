using System.Diagnostics;
using System.Text.Json;
using Gptx.Faults;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Tool;

/// <summary>gptx as a process that is killed at its job; docs/jobs.md says how to do it a thousand times.</summary>
public class KillTests(ITestOutputHelper output)
{
    private static string Executable => Path.Combine(AppContext.BaseDirectory, "gptx");

    [Fact]
    public void Jobs_that_are_killed_anywhere_make_the_same_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kills processes as Unix does");
        var run = new KillRun(Executable, rows: 60, seed: 1);
        run.Run(50);
        output.WriteLine($"{string.Join(", ", run.Kills)}; work {run.Work:0.00}");
        Assert.True(run.Findings.Count == 0, string.Join('\n', run.Findings));
        Assert.True(run.Finished.Count >= 2 && run.Kills.Count > 1, $"{run.Finished.Count} kinds of jobs, killed while {string.Join(", ", run.Kills.Keys)}");
    }

    [Theory]
    [InlineData(15, 143)]
    [InlineData(2, 130)]
    public async Task A_signal_ends_a_job_soon_with_its_rows_kept(int signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a signal");
        using var folder = new TemporaryFolder();
        folder.Write("in.txt", string.Concat(Enumerable.Range(0, 400).Select(i => $"Once upon a time there was a tree, and it had {i} leaves.\n")));
        string[] job = ["score", "--input", folder["in.txt"], "--out", folder["out.jsonl"], "--summary", folder["summary.json"]];
        using (var process = new MortalProcess(Executable, job))
        {
            while (!File.Exists(folder["out.jsonl.partial/0-of-1.log"]) || new FileInfo(folder["out.jsonl.partial/0-of-1.log"]).Length < 5_000)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            var clock = Stopwatch.StartNew();
            process.Send(signal);
            process.End();
            output.WriteLine($"{clock.Elapsed.TotalSeconds:0.00} s");
            Assert.Equal(code, process.ExitCode);
            Assert.Equal("gptx: stopped: rows that are done are kept, --resume goes on\ngptx: cancelled\n", process.Error);
        }

        using var summary = JsonDocument.Parse(File.ReadAllText(folder["summary.json"]));
        Assert.Equal((code, true), (summary.RootElement.GetProperty("exitCode").GetInt32(), summary.RootElement.GetProperty("resumable").GetBoolean()));
        Assert.Equal(0, CommandRun.Of([.. job, "--resume"]).Succeeded().Code);
        using var resumed = JsonDocument.Parse(File.ReadAllText(folder["summary.json"]));
        Assert.InRange(resumed.RootElement.GetProperty("rowsBefore").GetInt32(), summary.RootElement.GetProperty("rows").GetInt32(), 399);
        Assert.False(Directory.Exists(folder["out.jsonl.partial"]));
    }
}
