using System.Diagnostics;
using System.Globalization;

namespace Gptx.Fuzzing;

/// <summary>Runs a target: <c>dotnet run --project tests/fuzzing -c Release -- tokenizer-json --count 1000000 --seed 1</c>.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Func<string, IFuzzTarget>> Targets = new(StringComparer.Ordinal)
    {
        ["tokenizer-json"] = golden => new TokenizerJsonTarget(Path.Combine(golden, "tokenizers")),
        ["onnx"] = golden => new OnnxTarget(Path.Combine(golden, "onnx")),
        ["safetensors"] = golden => new SafetensorsTarget(Path.Combine(golden, "checkpoints")),
        ["gguf"] = golden => new GgufTarget(Path.Combine(golden, "gguf")),
        ["config"] = golden => new ConfigTarget(Path.Combine(golden, "checkpoints")),
        ["shard-index"] = golden => new ShardIndexTarget(Path.Combine(golden, "checkpoints")),
        ["npy"] = golden => new NpyTarget(golden),
        ["sentence-modules"] = golden => new SentenceModulesTarget(Path.Combine(golden, "checkpoints")),
    };

    private static int Main(string[] arguments)
    {
        if (arguments.Length == 0 || !Targets.TryGetValue(arguments[0], out Func<string, IFuzzTarget>? make) || arguments.Length % 2 == 0)
        {
            Console.Error.WriteLine($"usage: TARGET [--count N] [--seed N] [--first N] [--golden FOLDER] [--out FOLDER]; targets: {string.Join(", ", Targets.Keys)}");
            return 2;
        }

        var options = arguments.Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        long Number(string name, long otherwise) => options.TryGetValue(name, out string? value) ? long.Parse(value, CultureInfo.InvariantCulture) : otherwise;
        string golden = options.GetValueOrDefault("--golden") ?? Environment.GetEnvironmentVariable("GPTX_GOLDEN") ?? "../shared/golden";
        long first = Number("--first", 0);
        var run = new FuzzRun(Number("--count", 100_000), (int)Number("--seed", 1), TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();
        long shown = 0;
        run.Run(make(golden), first, options.GetValueOrDefault("--out"), number =>
        {
            if (watch.ElapsedMilliseconds - shown > 10_000)
            {
                shown = watch.ElapsedMilliseconds;
                Console.Error.WriteLine($"{number - first + 1:N0} cases, {(number - first + 1) / watch.Elapsed.TotalSeconds:N0} a second, {run.Findings.Count} findings");
            }
        });
        Console.WriteLine($"{run.Accepted:N0} read, {run.Refused.Values.Sum():N0} refused, slowest {run.Slowest.TotalSeconds:F2} s, most allocated {run.MostAllocated / 1e6:F1} MB ({run.MostOfAllowance:P0} of what a case may), {watch.Elapsed}");
        foreach ((string id, long count) in run.Refused)
        {
            Console.WriteLine($"  {id}: {count:N0}");
        }

        run.Findings.ForEach(Console.WriteLine);
        return run.Findings.Count == 0 ? 0 : 1;
    }
}
