using System.Collections.Concurrent;
using System.Text.Json;
using Gptx.Inference;
using Gptx.Tests.Architectures;

namespace Gptx.Tests.Prediction;

/// <summary>A random BERT with a vocabulary of a few words, in a folder.</summary>
internal sealed class TinyEncoder : IDisposable
{
    private static readonly string[] Words =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "dog", "sat", "on", "mat", "ada", "love", "##lace", "lived", "in", "london", ".", "where", "did", "she", "live", "?", "a",
    ];

    private static readonly ConcurrentDictionary<string, Lazy<TinyEncoder>> Kept = new(StringComparer.Ordinal);

    private readonly RandomCheckpoint _checkpoint;

    public TinyEncoder(string architecture, params IReadOnlyList<(string Key, object? Value)> more)
        : this(EncoderRecipes.Bert(architecture.StartsWith("Electra", StringComparison.Ordinal) ? "electra" : "bert", architecture, [("vocab_size", Words.Length), .. more]))
    {
    }

    private TinyEncoder(Dictionary<string, object?> config)
    {
        _checkpoint = new RandomCheckpoint(config);
        object Special(string token) => new { SpecialToken = new { id = token, type_id = 0 } };
        object Sequence(string name, int type) => new { Sequence = new { id = name, type_id = type } };
        var added = Words.Take(5).Select((word, id) => new { id, content = word, single_word = false, lstrip = false, rstrip = false, normalized = false, special = true });
        var json = JsonSerializer.Serialize(new
        {
            version = "1.0",
            added_tokens = added,
            normalizer = new { type = "BertNormalizer", clean_text = true, handle_chinese_chars = true, strip_accents = (bool?)null, lowercase = true },
            pre_tokenizer = new { type = "BertPreTokenizer" },
            post_processor = new
            {
                type = "TemplateProcessing",
                single = new[] { Special("[CLS]"), Sequence("A", 0), Special("[SEP]") },
                pair = new[] { Special("[CLS]"), Sequence("A", 0), Special("[SEP]"), Sequence("B", 1), new { SpecialToken = new { id = "[SEP]", type_id = 1 } } },
                special_tokens = new[] { 2, 3 }.ToDictionary(id => Words[id], id => new { id = Words[id], ids = new[] { id }, tokens = new[] { Words[id] } }),
            },
            decoder = new { type = "WordPiece", prefix = "##", cleanup = true },
            model = new { type = "WordPiece", unk_token = "[UNK]", continuing_subword_prefix = "##", max_input_chars_per_word = 100, vocab = Words.Select((word, id) => (word, id)).ToDictionary(entry => entry.word, entry => entry.id) },
        });
        File.WriteAllText(Path.Join(Folder, "tokenizer.json"), json);
    }

    /// <summary>The folder of one that stays as long as the process: commands find it again.</summary>
    public static string FolderOf(string architecture) => Kept.GetOrAdd(architecture, static name => new(() =>
    {
        var encoder = new TinyEncoder(name);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => encoder.Dispose();
        return encoder;
    })).Value.Folder;

    public string Folder => _checkpoint.Folder;

    public LanguageModel Load() => _checkpoint.Load();

    public void Dispose() => _checkpoint.Dispose();
}
