using System.Diagnostics;

namespace Gptx.Tests.Checkpoints.Hub;

/// <summary>gptx model pull as a process of its own, that can be killed.</summary>
internal static class PullProcess
{
    private static string Executable => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "gptx.exe" : "gptx");

    public static Process Start(FakeHub hub, string cache, params string[] args)
    {
        var start = new ProcessStartInfo(Executable, ["model", "pull", "org/model", .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HF_ENDPOINT"] = hub.Address;
        start.Environment["HF_HUB_CACHE"] = cache;
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment.Remove("GPTX_OFFLINE");
        start.Environment.Remove("HF_HUB_OFFLINE");
        return Process.Start(start)!;
    }

    public static async Task<(int Code, string Error)> End(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await output;
        return (process.ExitCode, error);
    }
}
