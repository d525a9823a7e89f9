using System.Diagnostics;

namespace Gptx.Tests.Module;

/// <summary>The Pester suite of this folder, run in a real PowerShell where there is one.</summary>
public class PesterTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task The_Pester_suite_passes()
    {
        var shell = FindOnPath(OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
        Assert.SkipWhen(shell is null, "Pester suite skipped: pwsh not found");
        var (found, version) = await Run(shell, "if (Get-Module Pester -ListAvailable | Where-Object Version -GE '5.0') { '{0}.{1}' -f $PSVersionTable.PSVersion.Major, $PSVersionTable.PSVersion.Minor }");
        Assert.SkipWhen(found != 0 || version.Trim().Length == 0, "Pester suite skipped: Pester 5 not found");
        Assert.SkipWhen(Version.Parse(version.Trim()) < new Version(7, 6), $"Pester suite skipped: PowerShell {version.Trim()} found, 7.6 needed");

        var suite = Path.Combine(GoldenRoot.RepositoryRoot, "tests", "module");
        var (failed, output) = await Run(
            shell,
            $$"""
            Import-Module Pester -MinimumVersion 5.0
            $c = New-PesterConfiguration
            $c.Run.Path = '{{suite.Replace("'", "''", StringComparison.Ordinal)}}'
            $c.Run.Exit = $true
            $c.Output.RenderMode = 'Plaintext'
            Invoke-Pester -Configuration $c
            """);
        Assert.True(failed == 0, output);
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);
    }

    private static string? FindOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private static async Task<(int ExitCode, string Output)> Run(string shell, string script)
    {
        var start = new ProcessStartInfo(shell, ["-NoProfile", "-NonInteractive", "-Command", script])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["GPTX_MODULE"] = ModuleFolder.Packed;
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
