using System.Diagnostics;

namespace Gptx.Tests.Cluster;

/// <summary>
/// The samples of docs/samples/jobs, run by the engines that they are for where those can be had on this machine:
/// <c>GPTX_CLUSTER=1 dotnet test tests -c Release --filter Category=Cluster</c>. It installs Slurm where it can (apt-get, root), and takes some minutes. Each is a script,
/// which can be run by itself: <c>bash tests/cluster/slurm.sh</c>.
/// </summary>
public class SampleTests(ITestOutputHelper log)
{
    private const string Variable = "GPTX_CLUSTER";
    private const int CannotRunHere = 77;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    [Theory]
    [Trait("Category", "Cluster")]
    [InlineData("slurm")]
    [InlineData("manifests")]
    [InlineData("spark")]
    [InlineData("cron")]
    [InlineData("systemd")]
    [InlineData("task-scheduler")]
    public async Task Samples_do_what_they_say(string script)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Variable) == "1", $"the cluster tier is skipped: set {Variable}=1");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the cluster tier is skipped: it needs Linux");
        var start = new ProcessStartInfo("bash", [Path.Join(GoldenRoot.RepositoryRoot, "tests", "cluster", $"{script}.sh")]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["GPTX"] = Path.Join(AppContext.BaseDirectory, "gptx");
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var output = "";
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            log.WriteLine(line);
            output += line + "\n";
        }

        await process.WaitForExitAsync(limit.Token);
        Assert.SkipWhen(process.ExitCode == CannotRunHere, output.Trim());
        Assert.True(process.ExitCode == 0, output);
    }
}
