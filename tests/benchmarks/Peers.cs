using System.Diagnostics;
using System.Globalization;

namespace Gptx.Benchmarks;

/// <summary>FAISS, scikit-learn and umap-learn, run by python3 on the same data in the same run; what is not installed gives no numbers.</summary>
internal static class Peers
{
    /// <summary>Runs reference/peers.py and reads its numbers.</summary>
    public static Dictionary<string, double> Run(params string[] args)
    {
        string script = Path.Combine(BenchmarkTexts.Root(), "tests", "benchmarks", "reference", "peers.py");
        var start = new ProcessStartInfo(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", [script, .. args]) { RedirectStandardOutput = true, UseShellExecute = false };
        try
        {
            using var process = Process.Start(start)!;
            var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            return lines.Select(line => line.Split('\t')).Where(fields => fields.Length == 2)
                .ToDictionary(fields => fields[0], fields => double.Parse(fields[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return [];
        }
    }
}
