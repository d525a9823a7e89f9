using System.Diagnostics;

namespace Gptx.Tests.Cluster;

/// <summary>
/// The Slurm samples on a real Slurm of two nodes on this machine, which the tier installs where it can:
/// <c>GPTX_CLUSTER=1 dotnet test tests -c Release --filter Category=Cluster</c>; or without .NET's runner <c>bash tests/cluster/slurm.sh</c>.
/// </summary>
public class SlurmTests(ITestOutputHelper log)
{
    private const string Variable = "GPTX_CLUSTER";
    private const int CannotRunHere = 77;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    [Fact]
    [Trait("Category", "Cluster")]
    public async Task An_array_whose_tasks_are_requeued_and_lose_their_node_makes_the_bytes_of_a_single_run()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Variable) == "1", $"the cluster tier is skipped: set {Variable}=1; it installs Slurm where apt-get and root are to be had");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the cluster tier is skipped: Slurm needs Linux");
        var start = new ProcessStartInfo("bash", [Path.Join(GoldenRoot.RepositoryRoot, "tests", "cluster", "slurm.sh")]) { RedirectStandardOutput = true };
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
