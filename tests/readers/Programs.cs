using System.Diagnostics;

namespace Gptx.Tests.Readers;

/// <summary>The programs of others that read what jobs write, where they are installed.</summary>
internal static class Programs
{
    private static string Readers => Path.Join(GoldenRoot.RepositoryRoot, "tests", "readers");

    private static string Reference => Path.Join(GoldenRoot.RepositoryRoot, "tests", "benchmarks", "reference", "readers");

    /// <summary>The rows of a file as Python reads them.</summary>
    public static Task<string> Python(string file, IEnumerable<string> texts) => Run(Found("python3"), [Path.Join(Readers, "rows.py"), file, .. texts]);

    /// <summary>The rows of a file of NumPy, and of what lies beside it.</summary>
    public static async Task<string> NumPy(string file, IEnumerable<string> texts)
    {
        foreach (var python in Everywhere("python3"))
        {
            if (await ExitCode(python, ["-c", "import numpy"]) == 0)
            {
                return await Run(python, [Path.Join(Readers, "rows.py"), file, .. texts]);
            }
        }

        Assert.Skip("NumPy is not installed");
        return "";
    }

    /// <summary>What sqlite3 prints of a query, as JSON.</summary>
    public static Task<string> Sqlite(string file, string query) => Run(Found("sqlite3"), ["-json", "-readonly", file, query]);

    /// <summary>What psql prints of a query, a line a row.</summary>
    public static Task<string> Psql(string database, string query) => Run(Found("psql"), ["-X", "-A", "-t", "-d", database, "-c", query]);

    /// <summary>The rows of a Parquet file as DuckDB reads them.</summary>
    public static Task<string> DuckDb(string file)
    {
        Assert.SkipUnless(Directory.Exists(Path.Join(Reference, "node_modules")), "DuckDB is not there: npm ci in tests/benchmarks/reference/readers");
        return Run(Found("node"), [Path.Join(Reference, "rows.js"), file]);
    }

    /// <summary>A program of the path; without it the test is skipped.</summary>
    public static string Found(string program)
    {
        var path = Everywhere(program).FirstOrDefault();
        Assert.SkipWhen(path is null, $"{program} is not installed");
        return path;
    }

    private static IEnumerable<string> Everywhere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Join(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program)).Where(File.Exists);

    /// <summary>What a program prints; it must end well.</summary>
    public static async Task<string> Run(string program, IEnumerable<string> arguments)
    {
        var (code, output, error) = await End(program, arguments);
        Assert.True(code == 0, $"{program} ended with {code}: {error}");
        return output;
    }

    private static async Task<int> ExitCode(string program, IEnumerable<string> arguments) => (await End(program, arguments)).Code;

    private static async Task<(int Code, string Out, string Error)> End(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
