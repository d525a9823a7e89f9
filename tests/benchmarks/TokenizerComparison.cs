using System.Diagnostics;

using Gptx.Tokenization;

namespace Gptx.Benchmarks;

/// <summary>
/// MB/s of UTF-8 that GPT-2's, SmolLM2's and MiniLM's tokenizers encode, beside the reference's engine and tiktoken where node has them
/// (<c>npm install</c> in <c>tests/benchmarks/reference</c>, or GPTX_REFERENCE names the folder of another such installation).
/// </summary>
public static class TokenizerComparison
{
    private const double Seconds = 3;

    private static readonly string[] Tokenizers = ["gpt2", "smollm2", "minilm"];

    public static IEnumerable<Measurement> Measure()
    {
        var texts = BenchmarkTexts.All().ToArray();
        foreach (var folder in Tokenizers.Select(name => Path.Combine(GoldenFolder(), "tokenizers", name)))
        {
            if (!Directory.Exists(folder))
            {
                Console.Error.WriteLine($"skipped: no tokenizer at {folder} (GPTX_GOLDEN names the golden root)");
                continue;
            }

            foreach (var measurement in texts.SelectMany(text => Compare(folder, text.Name, text.Documents)))
            {
                yield return measurement;
            }
        }
    }

    private static IEnumerable<Measurement> Compare(string folder, string textName, string[] documents)
    {
        var what = $"{Path.GetFileName(folder)}, {textName}";
        var tokenizer = Tokenizer.Load(folder);
        var bytes = BenchmarkTexts.Bytes(documents);
        var ids = new List<int>();
        yield return new Measurement($"{what}: ids, 1 thread", bytes / BestOfEach(documents, document =>
        {
            ids.Clear();
            tokenizer.EncodeToIds(document, ids, addSpecialTokens: false);
        }) / 1e6, "MB/s");
        yield return new Measurement(
            $"{what}: ids, 2 threads", bytes / Best(() => tokenizer.EncodeBatchToIds(documents, addSpecialTokens: false, threads: 2)) / 1e6, "MB/s");
        yield return new Measurement(
            $"{what}: with offsets, 1 thread", bytes / BestOfEach(documents, document => tokenizer.EncodeToTokens(document, addSpecialTokens: false)) / 1e6, "MB/s");

        // Nothing of the text has been seen by this one: its cache of pieces is empty.
        var fresh = Tokenizer.Load(folder);
        yield return new Measurement($"{what}: ids, 1 thread, first sight of the text", bytes / Time(() => Array.ForEach(documents, document =>
        {
            ids.Clear();
            fresh.EncodeToIds(document, ids, addSpecialTokens: false);
        })) / 1e6, "MB/s");

        using var reference = ReferenceEngine.Start(documents);
        if (reference is null)
        {
            yield break;
        }

        var file = Path.Combine(folder, "tokenizer.json");
        var tokens = documents.Sum(document => (long)tokenizer.EncodeToIds(document, addSpecialTokens: false).Count);
        yield return reference.Measure($"{what}: reference (tokenizers, Rust), ids, 1 thread", "tokenizers", file, 1, tokens);
        yield return reference.Measure($"{what}: reference, ids, 2 threads", "tokenizers+batch", file, 2, tokens);
        yield return reference.Measure($"{what}: reference, with offsets, 1 thread", "tokenizers+offsets", file, 1, tokens);
        if (Path.GetFileName(folder) == "gpt2")
        {
            yield return reference.Measure($"{what}: tiktoken (WebAssembly)", "tiktoken", file, 1, tokens);
            yield return reference.Measure($"{what}: js-tiktoken", "js-tiktoken", file, 1, tokens);
        }
    }

    // The sum of each document's best time: what other programs on the machine take from one pass they seldom take from all.
    private static double BestOfEach(string[] documents, Action<string> encode)
    {
        var best = Enumerable.Repeat(double.PositiveInfinity, documents.Length).ToArray();
        var total = Stopwatch.StartNew();
        for (var passes = 0; passes < 3 || total.Elapsed.TotalSeconds < Seconds; passes++)
        {
            for (var i = 0; i < documents.Length; i++)
            {
                best[i] = Math.Min(best[i], Time(() => encode(documents[i])));
            }
        }

        return best.Sum();
    }

    private static double Best(Action pass)
    {
        var best = double.PositiveInfinity;
        var total = Stopwatch.StartNew();
        for (var passes = 0; passes < 3 || total.Elapsed.TotalSeconds < Seconds; passes++)
        {
            best = Math.Min(best, Time(pass));
        }

        return best;
    }

    private static double Time(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>The root of the golden data.</summary>
    public static string GoldenFolder()
    {
        var root = BenchmarkTexts.Root();
        return Path.GetFullPath(Path.Combine(root, Environment.GetEnvironmentVariable("GPTX_GOLDEN") ?? "../shared/golden"));
    }
}
