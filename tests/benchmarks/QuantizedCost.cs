using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Gptx.Inference;

namespace Gptx.Benchmarks;

/// <summary>
/// What SmolLM2-135M-Instruct (GGUF, Q4_1) costs in 4 bits, beside the same weights in float32, and beside llama.cpp on the same file: time to load, memory, tokens
/// a second. Each in a process of its own, on two threads.
/// </summary>
public static class QuantizedCost
{
    private const int Threads = 2;
    private const int Context = 16;
    private const int Steps = 40;

    private static string Model => Environment.GetEnvironmentVariable("GPTX_COST_MODEL") ?? Directory
        .EnumerateFiles(Path.Combine(BenchmarkTexts.Root(), "..", "shared", "models", "SmolLM2-135M-Instruct-GGUF"), "*.gguf").Single();

    /// <summary>A child process for each way; shares are of the file, and of the weights as they are computed with.</summary>
    public static IEnumerable<Measurement> Measure()
    {
        double file = new FileInfo(Model).Length;
        yield return new Measurement("SmolLM2-135M Q4_1: the file", file / 1e6, "MB");
        Cost? whole = null;
        foreach (var (precision, compute) in ((string, string)[])[("fp32", "float32"), ("auto", "float32"), ("auto", "int8")])
        {
            var cost = Child(precision, compute);
            whole ??= cost;
            var name = precision == "fp32" ? "widened to float32" : $"4 bits, {compute} activations";
            yield return new Measurement($"{name}: weights as they are computed with", cost.Weights / 1e6, "MB");
            yield return new Measurement("... load to the first logits", cost.LoadSeconds, "s");
            yield return new Measurement("... peak private memory", cost.Peak / 1e6, "MB");
            yield return new Measurement("... peak over the process before it loads, over the weights as they are computed with (goal 1.15)", (cost.Peak - cost.Before) / cost.Weights, "x");
            yield return new Measurement("... the same over the file", (cost.Peak - cost.Before) / file, "x");
            yield return new Measurement("... private memory when loaded, over the process before", (cost.Settled - cost.Before) / 1e6, "MB");
            yield return new Measurement("... decoding", cost.TokensPerSecond, "tokens/s");
            if (cost != whole)
            {
                yield return new Measurement($"... over float32 (goal {(compute == "int8" ? 3 : 1)})", cost.TokensPerSecond / whole.TokensPerSecond, "x");
                yield return new Measurement("... memory when loaded: float32 over it (goal 3)", (whole.Settled - whole.Before) / (cost.Settled - cost.Before), "x");
            }

            if (LlamaCpp() is { } other)
            {
                yield return new Measurement("... llama.cpp beside it", other, "tokens/s");
                yield return new Measurement($"... over llama.cpp{(precision == "fp32" ? "" : compute == "int8" ? " (goal 2.5)" : " (goal 1)")}", cost.TokensPerSecond / other, "x");
            }
        }
    }

    /// <summary>Loads, decodes, and prints what it cost.</summary>
    public static void Report(string path, string precision, string compute)
    {
        var before = ProcessMemory.Private;
        var watch = Stopwatch.StartNew();
        using var model = LanguageModel.Load(path, new LoadOptions
        {
            Threads = Threads,
            Device = Device.Cpu,
            Precision = PrecisionNames.ToPrecision(precision),
            Compute = PrecisionNames.ToCompute(compute),
        });
        var speed = 0.0;
        double seconds;
        using (var cache = model.CreateCache(1, Context + (5 * Steps)))
        {
            int[] prompt = [.. Enumerable.Range(0, Context).Select(position => position * 37 % model.Shape.VocabularySize)];
            cache.Prefill([prompt]);
            seconds = watch.Elapsed.TotalSeconds;
            speed = DecodingSpeed.TokensPerSecond(cache, Steps);
        }

        double[] numbers = [seconds, before, ProcessMemory.Peak - ProcessMemory.Mapped, ProcessMemory.Private, ModelSummary.Of(model).MemoryBytes, speed];
        Console.Write(string.Join(' ', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))));
    }

    private static Cost Child(string precision, string compute)
    {
        var numbers = Run(Environment.ProcessPath!, "cost-of", Model, precision, compute).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new Cost(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }

    /// <summary>Null, and a line that says so, where node-llama-cpp is not there.</summary>
    private static double? LlamaCpp()
    {
        var folder = Environment.GetEnvironmentVariable("GPTX_LLAMA_CPP") ?? Path.Combine(BenchmarkTexts.Root(), "tests", "benchmarks", "reference", "decoding");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "node-llama-cpp")))
        {
            Console.Error.WriteLine($"skipped: llama.cpp is not installed in {folder} (npm install --ignore-scripts there; GPTX_LLAMA_CPP names another folder)");
            return null;
        }

        using var answer = JsonDocument.Parse(Run("node", Path.Combine(folder, "decode.js"), Model, $"{Threads}", $"{Context}", $"{Steps}"));
        return answer.RootElement.GetProperty("tokensPerSecond").GetDouble();
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed with {process.ExitCode}");
    }

    private sealed record Cost(double LoadSeconds, double Before, double Peak, double Settled, double Weights, double TokensPerSecond);
}
