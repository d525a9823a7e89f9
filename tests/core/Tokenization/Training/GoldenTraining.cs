using System.Text.Json;
using System.Text.RegularExpressions;
using Gptx.Tokenization.Training;

namespace Gptx.Tests.Tokenization.Training;

/// <summary>A tokenizer that the reference trained: its settings, its file and its text.</summary>
internal sealed partial record GoldenTraining(string Name, JsonElement Settings, string Folder, string TextFile)
{
    private const string Root = "tokenizer-training";

    /// <summary>The names of the cases; skips or fails the test where there are none.</summary>
    public static IReadOnlyList<string> Names()
    {
        JsonElement golden = Index(GoldenRoot.Folder(Root));
        return [.. golden.GetProperty("trained").EnumerateObject().Select(entry => entry.Name)];
    }

    public static GoldenTraining Open(string name)
    {
        string folder = GoldenRoot.Folder(Root);
        JsonElement golden = Index(folder);
        string text = golden.GetProperty("text").GetString()!;
        Match said = TextSource().Match(text);
        Assert.True(said.Success, $"golden.json says of its text '{text}', which this test does not know");
        string[] places =
        [
            Path.Combine(folder, "..", "..", said.Groups["file"].Value),
            Path.Combine(GoldenRoot.RepositoryRoot, "..", "shared", said.Groups["file"].Value),
        ];
        string? file = places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(file is null, $"The text '{said.Groups["file"].Value}' is not there.");
        return new GoldenTraining(name, golden.GetProperty("trained").GetProperty(name), folder, file!);
    }

    public string ExpectedFile => Path.Combine(Folder, $"{Name}.json");

    public string Expected => File.ReadAllText(ExpectedFile);

    /// <summary>Whether the reference made the same file when it was asked again; if not, it left something to chance.</summary>
    public bool IsRepeatable => Settings.GetProperty("same_twice").GetBoolean();

    /// <summary>Whether special tokens and alphabet were more than was asked for; the reference then gives more, and we refuse.</summary>
    public bool IsTooSmall => Settings.GetProperty("entries").GetInt32() > Settings.GetProperty("vocab_size").GetInt32();

    public IEnumerable<string> Lines => File.ReadAllText(TextFile).Split('\n');

    /// <summary>The tokens that the reference has, by id.</summary>
    public IReadOnlyList<string> ExpectedTokens
    {
        get
        {
            using JsonDocument json = JsonDocument.Parse(Expected);
            return [.. json.RootElement.GetProperty("model").GetProperty("vocab").EnumerateObject().OrderBy(entry => entry.Value.GetInt32()).Select(entry => entry.Name)];
        }
    }

    public TokenizerTrainingOptions Options => new()
    {
        VocabularySize = Settings.GetProperty("vocab_size").GetInt32(),
        MinFrequency = Settings.GetProperty("min_frequency").GetInt64(),
        SpecialTokens = [.. Settings.GetProperty("special_tokens").EnumerateArray().Select(token => token.GetString()!)],
        InitialAlphabet = Alphabet(Text("initial_alphabet")),
        LimitAlphabet = Number("limit_alphabet") ?? Limit(Text("initial_alphabet")),
        ContinuingSubwordPrefix = Text("continuing_subword_prefix"),
        EndOfWordSuffix = Text("end_of_word_suffix"),
        MaxTokenLength = Number("max_token_length"),
    };

    private static JsonElement Index(string folder)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "golden.json")));
        return json.RootElement.Clone();
    }

    private static string Alphabet(string? said) => said switch
    {
        null => "",
        _ when said.StartsWith("256 bytes", StringComparison.Ordinal) => TokenizerTrainingOptions.ByteCharacters,
        _ when said.StartsWith("from the text", StringComparison.Ordinal) => "",
        _ => throw new InvalidOperationException($"golden.json names an initial alphabet that this test does not know: '{said}'"),
    };

    // "from the text, at most 40"
    private static int? Limit(string? said) => said is not null && AlphabetLimit().Match(said) is { Success: true } match ? int.Parse(match.Groups["limit"].Value) : null;

    private string? Text(string name) => Settings.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private int? Number(string name) => Settings.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    [GeneratedRegex("^(?<file>[A-Za-z0-9/_.-]+) cut at line feeds; each line is one piece of text, without its line feed$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextSource();

    [GeneratedRegex(@"^from the text, .*?(?<limit>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AlphabetLimit();
}
