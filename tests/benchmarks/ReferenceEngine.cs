using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Gptx.Benchmarks;

/// <summary>Runs <c>reference/encode.js</c> under node on the same texts.</summary>
public sealed class ReferenceEngine : IDisposable
{
    private const string Seconds = "3";

    private readonly string _folder;
    private readonly string _texts;

    private ReferenceEngine(string folder, string texts)
    {
        _folder = folder;
        _texts = texts;
    }

    /// <summary>Null, and a line that says so, where node's packages are not there.</summary>
    public static ReferenceEngine? Start(string[] documents)
    {
        var folder = Environment.GetEnvironmentVariable("GPTX_REFERENCE") ?? Path.Combine(BenchmarkTexts.Root(), "tests", "benchmarks", "reference");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "tokenizers")))
        {
            Console.Error.WriteLine($"skipped: the reference's engine is not installed in {folder} (npm ci there; GPTX_REFERENCE names another folder)");
            return null;
        }

        var texts = Path.GetTempFileName();
        using var stream = File.Create(texts);
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartArray();
        foreach (var document in documents)
        {
            writer.WriteStringValue(document);
        }

        writer.WriteEndArray();
        return new ReferenceEngine(folder, texts);
    }

    /// <summary>Measures an engine; the number of its tokens must be ours, or one of the two is wrong.</summary>
    public Measurement Measure(string what, string engine, string tokenizer, int threads, long tokens)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(_folder, "encode.js"), engine, _texts, Seconds, tokenizer])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = _folder,
        };
        start.Environment["RAYON_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["TOKENIZERS_PARALLELISM"] = "true";
        using var node = Process.Start(start)!;
        using var answer = JsonDocument.Parse(node.StandardOutput.ReadToEnd());
        var found = answer.RootElement.GetProperty("tokens").GetInt64();
        if (found != tokens)
        {
            Console.Error.WriteLine($"{what}: {found} tokens, ours are {tokens}");
        }

        return new Measurement(what, answer.RootElement.GetProperty("megabytesPerSecond").GetDouble(), "MB/s");
    }

    public void Dispose() => File.Delete(_texts);
}
