using System.Diagnostics;

namespace Gptx.Tests.Graphs;

/// <summary>
/// Node with onnxruntime-node, if both are there: in the folder that GPTX_NODE_MODULES names, or among npm's global packages. It is installed
/// by <c>npm install onnxruntime-node --ignore-scripts</c> in a folder outside the repository.
/// </summary>
internal static class NodeRuntime
{
    private const string Variable = "GPTX_NODE_MODULES";
    private const string Package = "onnxruntime-node";

    /// <summary>The node_modules folder with onnxruntime-node; a test without it is skipped.</summary>
    public static string FindModules()
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        var candidates = string.IsNullOrEmpty(given) ? [TryRun("npm", "root", "-g")] : (string?[])[given, Path.Join(given, "node_modules")];
        var found = candidates.FirstOrDefault(folder => folder is { Length: > 0 } && Directory.Exists(Path.Join(folder, Package)));
        Assert.SkipWhen(found is null || TryRun("node", "--version") is null, $"node with {Package} was not found (set {Variable} to a node_modules folder).");
        return found!;
    }

    /// <summary>Runs a script and returns what it writes.</summary>
    public static string Run(string modules, string script, params string[] arguments)
    {
        var (output, error, code) = Start("node", [script, .. arguments], modules);
        Assert.True(code == 0, $"node failed with {code}: {error}");
        return output;
    }

    private static string? TryRun(string program, params string[] arguments)
    {
        try
        {
            var (output, _, code) = Start(program, arguments, null);
            return code == 0 ? output.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static (string Output, string Error, int Code) Start(string program, IEnumerable<string> arguments, string? modules)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_PATH"] = modules;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, error.Result, process.ExitCode);
    }
}
