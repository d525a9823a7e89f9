using System.Diagnostics;
using System.Text;
using Gptx.Tokenization;

namespace Gptx.Benchmarks;

/// <summary>100 MB of English through GPT-2's tokenizer, as a stream and in one call, and words of a million letters.</summary>
public static class LargeText
{
    private const int Length = 100_000_000;

    public static IEnumerable<Measurement> Measure()
    {
        var folder = Path.Combine(TokenizerComparison.GoldenFolder(), "tokenizers");
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"skipped: no tokenizers at {folder} (GPTX_GOLDEN names the golden root)");
            yield break;
        }

        var gpt2 = Tokenizer.Load(Path.Combine(folder, "gpt2"));
        var part = string.Concat(BenchmarkTexts.All().First().Documents);
        gpt2.CountTokens(part);

        // The stream comes first: peaks of memory only rise.
        var before = Peak();
        var watch = Stopwatch.StartNew();
        using (var reader = new RepeatedText(part, Length))
        {
            var count = gpt2.EncodeToIds(reader).LongCount();
            yield return new Measurement($"gpt2, 100 MB of English as a stream ({count} tokens)", Length / watch.Elapsed.TotalSeconds / 1e6, "MB/s");
        }

        yield return new Measurement("... memory above what the process had", Peak() - before, "MB");

        var text = new RepeatedText(part, Length).ReadToEnd();
        before = Peak();
        foreach (var size in new[] { Length / 4, Length / 2, Length })
        {
            var some = text[..size];
            watch.Restart();
            var count = gpt2.EncodeToIds(some).Count;
            yield return new Measurement($"gpt2, {size / 1_000_000} MB of English in one call ({count} tokens)", size / watch.Elapsed.TotalSeconds / 1e6, "MB/s");
        }

        yield return new Measurement("... memory above the text's, its ids among it", Peak() - before, "MB");

        foreach (var name in new[] { "gpt2", "smollm2", "minilm", "llama2-style", "xlmr-style" }.Where(name => Directory.Exists(Path.Combine(folder, name))))
        {
            var tokenizer = Tokenizer.Load(Path.Combine(folder, name));
            foreach (var size in new[] { 250_000, 1_000_000 })
            {
                var random = new Random(1);
                var word = string.Create(size, random, (letters, source) =>
                {
                    foreach (ref var letter in letters)
                    {
                        letter = (char)('a' + source.Next(26));
                    }
                });
                var seconds = Measurement.MedianSeconds(3, () => tokenizer.CountTokens(word));
                yield return new Measurement($"{name}, a word of {size} random letters", seconds * 1000, "ms");
            }
        }
    }

    private static double Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }

    /// <summary>A text over and over, up to a length.</summary>
    private sealed class RepeatedText(string text, int length) : TextReader
    {
        private int _read;

        public override int Read(Span<char> buffer)
        {
            var count = Math.Min(Math.Min(buffer.Length, length - _read), text.Length - (_read % text.Length));
            text.AsSpan(_read % text.Length, count).CopyTo(buffer);
            _read += count;
            return count;
        }

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override string ReadToEnd()
        {
            var all = new StringBuilder(length);
            while (all.Length < length)
            {
                all.Append(text.AsSpan(0, Math.Min(text.Length, length - all.Length)));
            }

            return all.ToString();
        }
    }
}
