using System.Diagnostics;

namespace Gptx.Tests.Readers;

/// <summary>The programs of others that read what jobs write, where they are installed.</summary>
internal static class Programs
{
    private static string Readers => Path.Join(GoldenRoot.RepositoryRoot, "tests", "readers");

    private static string Reference => Path.Join(GoldenRoot.RepositoryRoot, "tests", "benchmarks", "reference", "readers");

    /// <summary>The rows of a file as Python reads them.</summary>
    public static Task<string> Python(string file, IEnumerable<string> texts) => Run(Found("python3"), [Path.Join(Readers, "rows.py"), file, .. texts]);

    /// <summary>The rows of a Parquet file as DuckDB reads them.</summary>
    public static Task<string> DuckDb(string file)
    {
        Assert.SkipUnless(Directory.Exists(Path.Join(Reference, "node_modules")), "DuckDB is not there: npm ci in tests/benchmarks/reference/readers");
        return Run(Found("node"), [Path.Join(Reference, "rows.js"), file]);
    }

    /// <summary>A program of the path; without it the test is skipped.</summary>
    public static string Found(string program)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Join(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{program} is not installed");
        return path;
    }

    /// <summary>What a program prints; it must end well.</summary>
    public static async Task<string> Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await error}");
        return output;
    }
}
