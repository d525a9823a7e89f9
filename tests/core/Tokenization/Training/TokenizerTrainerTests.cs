using System.Text;
using System.Text.Json.Nodes;
using Gptx.Tokenization;
using Gptx.Tokenization.Training;

namespace Gptx.Tests.Tokenization.Training;

/// <summary>What holds of every tokenizer that is learnt, whatever it is learnt from.</summary>
public class TokenizerTrainerTests
{
    private static readonly string[] Texts =
    [
        .. Enumerable.Range(0, 400).Select(i => $"Line {i} of the low, lower and lowest; {i * i} naïve cafés, 你好世界 and 🙂{(i % 3 == 0 ? "🙃" : "")}, it's the newest's way. \t {(char)('a' + (i % 26))}{i}\r\n"),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Byte_level_text_comes_back_as_it_was(int seed)
    {
        var random = new Random(seed);
        TokenizerTrainingOptions options = new()
        {
            VocabularySize = random.Next(258, 900),
            MinFrequency = random.Next(0, 4),
            MaxTokenLength = random.Next(2) == 0 ? null : random.Next(1, 9),
            SpecialTokens = random.Next(2) == 0 ? [] : ["<|endoftext|>", "<pad>"],
        };
        Tokenizer tokenizer = Trained(TokenizerBlueprint.ByteLevelBpe(), options, Texts).ToTokenizer();
        Assert.All([.. Texts.Take(20), "never seen: Ωmega 𝔘nicode \u0000\n\n  x"], text => Assert.Equal(text, tokenizer.Decode(tokenizer.EncodeToIds(text))));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_token_is_made_of_two_that_come_before_it(int seed)
    {
        var random = new Random(seed);
        JsonNode model = Json(Trained(TokenizerBlueprint.ByteLevelBpe(), new() { VocabularySize = random.Next(300, 1500), InitialAlphabet = random.Next(2) == 0 ? "" : null }, Texts))["model"]!;
        Dictionary<string, int> ids = model["vocab"]!.AsObject().ToDictionary(entry => entry.Key, entry => entry.Value!.GetValue<int>());
        Assert.Equal(Enumerable.Range(0, ids.Count), ids.Values);
        int last = 0;
        foreach (JsonNode? merge in model["merges"]!.AsArray())
        {
            int left = ids[merge![0]!.GetValue<string>()];
            int right = ids[merge[1]!.GetValue<string>()];
            int made = ids[$"{merge[0]}{merge[1]}"];
            Assert.True(made > left && made > right && made > last, $"{merge} makes {made}");
            last = made;
        }
    }

    [Theory]
    [InlineData(257)]
    [InlineData(300)]
    [InlineData(700)]
    public void The_vocabulary_has_the_size_that_was_asked_for(int size)
    {
        TrainedTokenizer trained = Trained(TokenizerBlueprint.ByteLevelBpe(), new() { VocabularySize = size, SpecialTokens = ["<s>"] }, Texts);
        Assert.Equal((size, size - 257, 256), (trained.VocabularySize, trained.MergeCount, trained.AlphabetSize));
        Assert.Equal(size, trained.ToTokenizer().VocabularySize);
    }

    [Fact]
    public void Where_no_pair_is_left_it_is_smaller()
    {
        TrainedTokenizer trained = Trained(TokenizerBlueprint.ByteLevelBpe(), new() { InitialAlphabet = "" }, ["abc abc"]);
        Assert.Equal(["a", "b", "c", "Ġ", "ab", "abc", "Ġabc"], trained.Tokens);
    }

    [Theory]
    [InlineData(TokenizerModelKind.Bpe)]
    [InlineData(TokenizerModelKind.WordPiece)]
    public void Threads_order_and_portions_of_the_texts_change_nothing(TokenizerModelKind kind)
    {
        TokenizerBlueprint blueprint = kind == TokenizerModelKind.Bpe ? TokenizerBlueprint.ByteLevelBpe() : TokenizerBlueprint.WordPiece();
        string[] texts = [.. Enumerable.Repeat(Texts, 12).SelectMany(text => text)];
        var options = new TokenizerTrainingOptions { VocabularySize = 900, Threads = 1 };
        string expected = Json(Trained(blueprint, options, texts)).ToJsonString();
        Assert.All(Enumerable.Range(2, 3), threads => Assert.Equal(expected, Json(Trained(blueprint, options with { Threads = threads }, texts)).ToJsonString()));

        var portions = new TokenizerTrainer(blueprint, options);
        foreach (string[] portion in texts.Reverse().Chunk(777))
        {
            portions.Add(portion, cancellation: TestContext.Current.CancellationToken);
        }

        Assert.Equal(expected, Json(portions.Train(cancellation: TestContext.Current.CancellationToken)).ToJsonString());
    }

    [Fact]
    public void A_tokenizer_is_a_blueprint_for_another()
    {
        using var folder = new Checkpoints.TemporaryFolder();
        var options = new TokenizerTrainingOptions { VocabularySize = 500, SpecialTokens = ["<s>", "</s>"] };
        JsonNode json = Json(Trained(TokenizerBlueprint.ByteLevelBpe(lowercase: true), options, Texts));
        json["post_processor"] = JsonNode.Parse("""
            {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"</s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
             "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],"special_tokens":{"</s>":{"id":"</s>","ids":[1],"tokens":["</s>"]}}}
            """);
        json["padding"] = JsonNode.Parse("""{"strategy":"BatchLongest","direction":"Right","pad_to_multiple_of":null,"pad_id":0,"pad_type_id":0,"pad_token":"<s>"}""");
        string path = folder.Write("tokenizer.json", json.ToJsonString());

        JsonNode same = Json(Trained(TokenizerBlueprint.Load(path), new() { VocabularySize = 500 }, Texts));
        Assert.Equal(json.ToJsonString(), same.ToJsonString());
        JsonNode other = Json(Trained(TokenizerBlueprint.Load(folder.Path), new() { VocabularySize = 500, SpecialTokens = ["<x>", "</s>", "<y>", "<s>"] }, Texts));
        Assert.Equal(1, other["post_processor"]!["special_tokens"]!["</s>"]!["ids"]![0]!.GetValue<int>());
        Assert.Equal(3, other["padding"]!["pad_id"]!.GetValue<int>());
        Refused("SpecialTokenMissing", () => new TokenizerTrainer(TokenizerBlueprint.Load(path), new() { SpecialTokens = ["<s>"] }));
    }

    [Fact]
    public void A_blueprint_that_is_hostile_is_refused_or_read_as_tokenizers_are()
    {
        using var folder = new Checkpoints.TemporaryFolder();
        string json = Json(Trained(TokenizerBlueprint.WordPiece(), new() { VocabularySize = 500 }, Texts)).ToJsonString();
        void Changed(string part, string other) => folder.Write("tokenizer.json", json.Replace(part, other, StringComparison.Ordinal));

        void PostProcessor(string value) => Changed("\"post_processor\":null", $"\"post_processor\":{value}");
        PostProcessor("""{"type":"BertProcessing","sep":["[SEP]",3],"sep":["[CLS]",9],"cls":["[CLS]",2]}""");
        JsonNode written = Json(Trained(TokenizerBlueprint.Load(folder.Path), new() { VocabularySize = 500 }, Texts));
        Assert.Equal("""["[CLS]",2]""", written["post_processor"]!["sep"]!.ToJsonString());

        PostProcessor("""{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2],"more":"\uD800"}""");
        Refused("TokenizerUnreadable", () => TokenizerBlueprint.Load(folder.Path));
        Changed("\"max_input_chars_per_word\":100", "\"max_input_chars_per_word\":-1");
        Refused("TokenizerUnreadable", () => TokenizerBlueprint.Load(folder.Path));
        folder.Write("tokenizer.json", """{"model":{"type":"WordLevel","vocab":{"a":0},"unk_token":"a"}}""");
        Refused("TokenizerNotSupported", () => TokenizerBlueprint.Load(folder.Path));
        folder.Write("tokenizer.json", "{");
        Refused("TokenizerUnreadable", () => TokenizerBlueprint.Load(folder.Path));
        Refused("TokenizerNotFound", () => TokenizerBlueprint.Load(folder["nowhere"]));
    }

    [Fact]
    public void Progress_is_told_and_cancelling_ends_it()
    {
        var told = new Told();
        var trainer = new TokenizerTrainer(TokenizerBlueprint.ByteLevelBpe(), new() { VocabularySize = 600 });
        trainer.Add(Texts, told, TestContext.Current.CancellationToken);
        trainer.Train(told, TestContext.Current.CancellationToken);
        Assert.Contains(told.All, progress => progress.Stage == TrainingStage.Counting && progress.Done == Texts.Sum(text => text.Length) && progress.Total is null);
        Assert.Contains(told.All, progress => progress is { Stage: TrainingStage.Merging, Done: > 256, Total: 600 });

        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Train(cancellation: stop.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Add(Texts, cancellation: stop.Token));
        using var later = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Add(Endless(later), cancellation: later.Token));
    }

    [Fact]
    public void What_cannot_be_learnt_is_refused()
    {
        TokenizerBlueprint bytes = TokenizerBlueprint.ByteLevelBpe();
        Refused("TrainingTextEmpty", () => Trained(bytes, new(), []));
        Refused("TrainingTextEmpty", () => Trained(TokenizerBlueprint.WordPiece(), new(), ["", " \n\t"]));
        Refused("VocabularyTooSmall", () => Trained(bytes, new() { VocabularySize = 255 }, ["a"]));
        Refused("VocabularyTooSmall", () => Trained(bytes, new() { VocabularySize = 256, SpecialTokens = ["<s>"] }, ["a"]));
        Refused("OptionOutOfRange", () => new TokenizerTrainer(bytes, new() { VocabularySize = 0 }));
        Refused("OptionOutOfRange", () => new TokenizerTrainer(bytes, new() { VocabularySize = int.MaxValue }));
        Refused("OptionOutOfRange", () => new TokenizerTrainer(bytes, new() { MinFrequency = -1 }));
        Refused("OptionOutOfRange", () => new TokenizerTrainer(bytes, new() { LimitAlphabet = -1 }));
        Refused("OptionOutOfRange", () => new TokenizerTrainer(bytes, new() { MaxTokenLength = 0 }));
        Refused("OptionOutOfRange", () => new TokenizerTrainer(bytes, new() { Threads = -1 }));
        Refused("SpecialTokenInvalid", () => new TokenizerTrainer(bytes, new() { SpecialTokens = [""] }));
        Refused("SpecialTokenInvalid", () => new TokenizerTrainer(bytes, new() { SpecialTokens = ["\uD800"] }));
    }

    [Fact]
    public void An_error_of_the_texts_comes_through_as_it_is() =>
        Assert.Throws<InvalidDataException>(() => new TokenizerTrainer(TokenizerBlueprint.ByteLevelBpe(), new()).Add(Failing(), cancellation: TestContext.Current.CancellationToken));

    private static TrainedTokenizer Trained(TokenizerBlueprint blueprint, TokenizerTrainingOptions options, IEnumerable<string> texts)
    {
        var trainer = new TokenizerTrainer(blueprint, options);
        trainer.Add(texts, cancellation: TestContext.Current.CancellationToken);
        return trainer.Train(cancellation: TestContext.Current.CancellationToken);
    }

    private static JsonNode Json(TrainedTokenizer trained)
    {
        using var json = new MemoryStream();
        trained.WriteTo(json);
        return JsonNode.Parse(Encoding.UTF8.GetString(json.ToArray()))!;
    }

    private static void Refused(string id, Action work) => Assert.Equal(id, Assert.Throws<GptxException>(work).ErrorId);

    private static IEnumerable<string> Endless(CancellationTokenSource stop)
    {
        for (int i = 0; ; i++)
        {
            yield return $"text {i}";
            if (i == 100_000)
            {
                stop.Cancel();
            }
        }
    }

    private static IEnumerable<string> Failing()
    {
        yield return "a text";
        throw new InvalidDataException("the second");
    }

    private sealed class Told : IProgress<TrainingProgress>
    {
        private readonly List<TrainingProgress> _all = [];

        public IReadOnlyList<TrainingProgress> All => _all;

        public void Report(TrainingProgress value)
        {
            lock (_all)
            {
                _all.Add(value);
            }
        }
    }
}
