using System.Diagnostics;
using System.Text;
using Gptx.Tokenization.Training;

namespace Gptx.Benchmarks;

/// <summary>
/// Seconds and peak memory of learning a tokenizer of 30,000 tokens from 100 MB. The text is the file that GPTX_TRAINING_TEXT names, or the
/// repository's documentation, repeated; a word in seven gets a number, so that each repeat brings new words.
/// </summary>
public static class TokenizerTraining
{
    private const string Variable = "GPTX_TRAINING_TEXT";
    private const long Bytes = 100_000_000;
    private const int Vocabulary = 30_000;

    /// <summary>Byte-level BPE and WordPiece.</summary>
    public static IEnumerable<Measurement> Measure()
    {
        yield return new Measurement("training text", Lines().Sum(line => (long)Encoding.UTF8.GetByteCount(line)) / 1e6, "MB");
        foreach (int threads in (int[])[1, Environment.ProcessorCount])
        {
            foreach (Measurement measurement in Of("byte-level BPE", TokenizerBlueprint.ByteLevelBpe(), threads))
            {
                yield return measurement;
            }
        }

        foreach (Measurement measurement in Of("WordPiece, lower case", TokenizerBlueprint.WordPiece(lowercase: true), Environment.ProcessorCount))
        {
            yield return measurement;
        }

        yield return new Measurement("peak memory of the process", PeakMegabytes(), "MB");
    }

    private static IEnumerable<Measurement> Of(string kind, TokenizerBlueprint blueprint, int threads)
    {
        var trainer = new TokenizerTrainer(blueprint, new TokenizerTrainingOptions { VocabularySize = Vocabulary, Threads = threads });
        double processor = ProcessorSeconds();
        var watch = Stopwatch.StartNew();
        trainer.Add(Lines());
        double counting = watch.Elapsed.TotalSeconds;
        TrainedTokenizer trained = trainer.Train();
        string what = $"training {kind} of {trained.VocabularySize} tokens, {threads} {(threads == 1 ? "thread" : "threads")}";
        yield return new Measurement($"{what}: cutting and counting", counting, "s");
        yield return new Measurement($"{what}: merging {trained.DistinctWords} words", watch.Elapsed.TotalSeconds - counting, "s");
        yield return new Measurement($"{what}: all", watch.Elapsed.TotalSeconds, "s");
        yield return new Measurement($"{what}: all, time of processors", ProcessorSeconds() - processor, "s");
    }

    private static IEnumerable<string> Lines()
    {
        string[] files = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file ? [file] : Documentation();
        long bytes = 0;
        for (int repeat = 0; bytes < Bytes; repeat++)
        {
            int word = 0;
            foreach (string line in files.SelectMany(File.ReadLines))
            {
                string changed = repeat == 0 ? line : string.Join(' ', line.Split(' ').Select(part => ++word % 7 == 0 ? $"{part}{(char)('a' + (repeat % 26))}{(char)('a' + (repeat / 26 % 26))}" : part));
                yield return changed + "\n";
                bytes += Encoding.UTF8.GetByteCount(changed) + 1;
                if (bytes >= Bytes)
                {
                    yield break;
                }
            }
        }
    }

    private static string[] Documentation()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Analysis.sln")))
        {
            folder = folder.Parent;
        }

        return Directory.GetFiles(Path.Combine(folder!.FullName, "docs"), "*.md").Order(StringComparer.Ordinal).ToArray();
    }

    private static double ProcessorSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
