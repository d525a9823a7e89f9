using System.Diagnostics;
using System.Runtime.InteropServices;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Tool;

/// <summary>gptx as a process of its own: what no test in this process can see.</summary>
public class ProcessTests
{
    private static string Executable => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "gptx.exe" : "gptx");

    [Fact]
    public async Task It_generates_and_reports_the_version()
    {
        Assert.Equal((0, "0.1.0\n", ""), await Run("--version"));
        var (code, output, error) = await Run("generate", "Once upon a time", "--seed", "7", "--max-tokens", "5");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("Once upon a time", output, StringComparison.Ordinal);
        Assert.Equal(output, CommandRun.Of("generate", "Once upon a time", "--seed", "7", "--max-tokens", "5").Out);
    }

    [Fact]
    public async Task Bytes_are_UTF8_without_a_mark()
    {
        var (_, output, _) = await Run("tokenize", "naïve 🙂 \u4f60", "--jsonl");
        Assert.StartsWith("{\"text\":\"naïve 🙂 你\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_who_leaves_ends_it_early_and_quietly()
    {
        using var process = Start("generate", "Once upon a time", "--max-tokens", "200", "--count", "1", "--stream", "--ignore-eos", "--no-prompt");
        var first = new char[1];
        Assert.Equal(1, await process.StandardOutput.ReadAsync(first, TestContext.Current.CancellationToken));
        process.StandardOutput.Close();
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (process.ExitCode, error));
    }

    [Fact]
    public async Task An_interrupt_cancels_it_without_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a signal");
        using var folder = new TemporaryFolder();
        using var process = Start("next", "--input", "-", "--out", folder["out.jsonl"]);
        await process.StandardInput.WriteLineAsync("a row, and no more");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        while (!Directory.EnumerateFileSystemEntries(folder.Path).Any())
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, Kill(process.Id, 2));
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((130, "gptx: stopped: rows that are done are kept, --resume goes on\ngptx: cancelled\n"), (process.ExitCode, error));
        Assert.False(File.Exists(folder["out.jsonl"]));
    }

    private static Task<(int Code, string Out, string Error)> Run(params string[] args) => Run([], args);

    /// <summary>Runs gptx over these bytes of standard input.</summary>
    internal static async Task<(int Code, string Out, string Error)> Run(byte[] input, params string[] args)
    {
        using var process = Start(args);
        await process.StandardInput.BaseStream.WriteAsync(input, TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), error.ReplaceLineEndings("\n"));
    }

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo(Executable, args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment.Remove("GPTX_MODEL");
        return Process.Start(start)!;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
