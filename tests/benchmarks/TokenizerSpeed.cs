using System.Text;
using Gptx.Inference;
using Gptx.Tokenization;

namespace Gptx.Benchmarks;

/// <summary>Megabytes of English a second that the embedded model's tokenizer reads, on one core.</summary>
public static class TokenizerSpeed
{
    private const int Repeats = 20;

    /// <summary>The text is the repository's own documentation, repeated.</summary>
    public static IEnumerable<Measurement> Measure()
    {
        var card = File.ReadAllText(Path.Combine(ModelLocation.EmbeddedFolder, "README.md"));
        var text = string.Concat(Enumerable.Range(0, 200).Select(repeat => $"{card} {repeat}\n"));
        var bytes = Encoding.UTF8.GetByteCount(text);
        var load = Measurement.MedianSeconds(Repeats, () => Tokenizer.Load(ModelLocation.EmbeddedFolder));
        var tokenizer = Tokenizer.Load(ModelLocation.EmbeddedFolder);
        var encode = Measurement.MedianSeconds(Repeats, () => tokenizer.EncodeToIds(text));
        var ids = tokenizer.EncodeToIds(text);
        var decode = Measurement.MedianSeconds(Repeats, () => tokenizer.Decode(ids));
        yield return new Measurement("tokenizer, loading tokenizer.json of 8,192 tokens", load * 1000, "ms");
        yield return new Measurement("tokenizer, encoding to ids, one core", bytes / encode / 1e6, "MB/s");
        yield return new Measurement("tokenizer, decoding, one core", bytes / decode / 1e6, "MB/s");
    }
}
