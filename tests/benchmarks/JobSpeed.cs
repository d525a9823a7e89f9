using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Gptx.Inference;

namespace Gptx.Benchmarks;

/// <summary>
/// How fast <c>gptx embed</c> takes 5,000 paragraphs of the corpus through MiniLM: beside transformers.js with the same weights, and as a share of what a plain matrix
/// product reaches on the same processors in the same run.
/// </summary>
public static class JobSpeed
{
    private const int Paragraphs = 5000;
    private const int Rounds = 2;
    private static readonly string[] PeerBatches = ["1", "2", "4", "8", "16"];

    /// <summary>Needs a published gptx in GPTX_TOOL, the corpus, MiniLM and node's packages; says what is missing and measures nothing without it.</summary>
    public static IEnumerable<Measurement> Measure()
    {
        var shared = Path.Combine(BenchmarkTexts.Root(), "..", "shared");
        var corpus = Environment.GetEnvironmentVariable("GPTX_CORPUS") ?? Path.Combine(shared, "corpus", "english.txt.xz");
        var model = Environment.GetEnvironmentVariable("GPTX_MINILM") ?? Path.Combine(shared, "models", "all-MiniLM-L6-v2");
        var peer = Path.Combine(BenchmarkTexts.Root(), "tests", "benchmarks", "reference", "embedding");
        if (Environment.GetEnvironmentVariable("GPTX_TOOL") is not { Length: > 0 } tool || !File.Exists(corpus) || !Directory.Exists(model) || !Directory.Exists(Path.Combine(peer, "node_modules")))
        {
            Console.Error.WriteLine($"jobs not measured: GPTX_TOOL must name a published gptx (dotnet publish tool -c Release -o DIR), and there must be {corpus}, {model} and node's packages in {peer} (npm install --ignore-scripts there)");
            return [];
        }

        var folder = Directory.CreateTempSubdirectory("gptx-jobs-").FullName;
        try
        {
            return Measure(tool, model, peer, folder, Write(corpus, Path.Combine(folder, "paragraphs.jsonl")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<Measurement> Measure(string tool, string model, string peer, string folder, string[] texts)
    {
        var input = Path.Combine(folder, "paragraphs.jsonl");
        var converted = Path.Combine(folder, "onnx");
        Run(tool, "model", "convert", model, "--out", converted, "--format", "onnx");
        var (tokens, operations) = Count(model, texts);
        var rates = new List<(double Ours, double Two, double Peer, double Product)>();
        for (var round = 0; round < Rounds; round++)
        {
            // One after the other, so that whatever else the machine does falls on all alike.
            var whole = Seconds(() => Run(tool, "embed", "--model", model, "--input", input, "--id-field", "id", "--out", Path.Combine(folder, "whole.npy"), "--force"));
            using var answer = JsonDocument.Parse(Run("node", [Path.Combine(peer, "embed.js"), converted, input, .. PeerBatches]));
            var best = answer.RootElement.GetProperty("rowsPerSecond").GetDouble();
            var shards = Seconds(() => Parallel.For(0, 2, shard => Run(
                tool, "embed", "--model", model, "--input", input, "--id-field", "id", "--out", Path.Combine(folder, "parts.npy"), "--shard", $"{shard}/2", "--threads", "1", "--resume")));
            Run(tool, "merge", Path.Combine(folder, "parts.npy"));
            File.Delete(Path.Combine(folder, "parts.npy"));
            File.Delete(Path.Combine(folder, "parts.npy.ids.jsonl"));
            rates.Add((texts.Length / whole, texts.Length / shards, best, answer.RootElement.GetProperty("matrixProduct").GetDouble()));
        }

        var (ours, two, other, product) = (Median(rates, rate => rate.Ours), Median(rates, rate => rate.Two), Median(rates, rate => rate.Peer), Median(rates, rate => rate.Product));
        var reached = operations / texts.Length * ours / 1e9;
        return
        [
            new($"embed: MiniLM, {texts.Length} paragraphs of {tokens / (double)texts.Length:0.0} tokens, from process start to end", ours, "rows/s"),
            new("transformers.js at its best batch size, model and tokenizer open already", other, "rows/s"),
            new("embed over transformers.js (goal 1.5)", ours / other, "x"),
            new("plain float32 matrix product, 2048 x 2048 x 2048", product, "GFLOP/s"),
            new("embed: what the model's own products come to", reached, "GFLOP/s"),
            new("embed as a share of the plain product (goal 65)", 100 * reached / product, "%"),
            new("two shards at once, a thread each", two, "rows/s"),
        ];
    }

    // Every 167th paragraph, so that all kinds of books are there.
    private static string[] Write(string corpus, string path)
    {
        using var xz = Process.Start(new ProcessStartInfo("xz", ["-dc", corpus]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var texts = Lines(xz.StandardOutput).Where(line => line.Length > 0 && line[0] != '<').Where((_, number) => number % 167 == 0).Take(Paragraphs).ToArray();
        xz.Kill();
        using var file = File.Create(path);
        foreach (var (id, text) in texts.Index())
        {
            using (var json = new Utf8JsonWriter(file))
            {
                json.WriteStartObject();
                json.WriteNumber("id", id);
                json.WriteString("text", text);
                json.WriteEndObject();
            }

            file.WriteByte((byte)'\n');
        }

        return texts;
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    // Multiplications and additions of the linear layers, and of queries with keys and weights with values; nothing else is counted.
    private static (long Tokens, double Operations) Count(string folder, string[] texts)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        double Size(string name) => config.RootElement.GetProperty(name).GetDouble();
        var (width, inner, layers) = (Size("hidden_size"), Size("intermediate_size"), Size("num_hidden_layers"));
        using var model = LanguageModel.Load(folder);
        var (tokens, operations) = (0L, 0.0);
        foreach (var length in texts.Select(text => Math.Min(256, TokenSequence.FromText(model, text).Count)))
        {
            tokens += length;
            operations += layers * length * ((8 * width * width) + (4 * width * inner) + (4 * width * length));
        }

        return (tokens, operations);
    }

    private static double Median<T>(List<T> rates, Func<T, double> of) => rates.Select(of).Order().ElementAt(rates.Count / 2);

    private static double Seconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program} ended with {process.ExitCode}: {errors.Result}"));
    }
}
