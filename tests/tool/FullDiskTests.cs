using System.Diagnostics;
using Gptx.Faults;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Tool;

/// <summary>A disk that is full, then has room again.</summary>
public class FullDiskTests
{
    [Theory]
    [InlineData("100k")]
    [InlineData("400k")]
    public void A_job_stops_in_one_line_and_goes_on_when_there_is_room(string size)
    {
        using var folder = new TemporaryFolder();
        folder.Write("in.txt", string.Concat(Enumerable.Range(0, 1500).Select(i => $"Once upon a time there was a tree, and it had {i} leaves.\n")));
        Directory.CreateDirectory(folder["disk"]);
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={size}", "none", folder["disk"]), "needs root, to mount a small disk");
        try
        {
            string[] job = ["tokenize", "--input", folder["in.txt"], "--resume", "--out"];
            Assert.Equal(0, Gptx([.. job, folder["whole.jsonl"]]).Code);
            var (code, error) = Gptx([.. job, folder["disk/out.jsonl"]]);
            Assert.Equal(1, code);
            Assert.Equal(1, error.Count(letter => letter == '\n'));
            Assert.Contains("cannot be", error, StringComparison.Ordinal);
            Assert.False(File.Exists(folder["disk/out.jsonl"]));
            Assert.True(Run("mount", "-o", "remount,size=50m", folder["disk"]));
            Assert.Equal(0, Gptx([.. job, folder["disk/out.jsonl"]]).Code);
            Assert.Equal(File.ReadAllBytes(folder["whole.jsonl"]), File.ReadAllBytes(folder["disk/out.jsonl"]));
            Assert.Equal(["out.jsonl", "out.jsonl.job.json"], Directory.EnumerateFileSystemEntries(folder["disk"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        finally
        {
            Run("umount", folder["disk"]);
        }
    }

    private static (int Code, string Error) Gptx(string[] arguments)
    {
        using var process = new MortalProcess(Path.Combine(AppContext.BaseDirectory, "gptx"), arguments);
        process.End();
        return (process.ExitCode, process.Error);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
