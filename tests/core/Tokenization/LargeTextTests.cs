using System.Text;
using System.Text.Json.Nodes;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

/// <summary>Long texts: memory and work by counting, and the same tokens however the text is handed over.</summary>
public class LargeTextTests
{
    private static readonly Tokenizer Small = SmallTokenizer.Make();

    private static readonly string Words = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"hello wörld{i % 701} the 'll\n{i % 97}  文字。and\tmore "));

    public static TheoryData<string, Func<Tokenizer>> Kinds => new()
    {
        { "byte-level BPE", SmallTokenizer.Make },
        { "byte-level BPE with a prefix space", () => With("pre_tokenizer", SmallTokenizer.ByteLevel(addPrefixSpace: true)) },
        { "digits, then byte-level", () => With("pre_tokenizer", DigitsAndBytes()) },
        { "a well-known pattern", () => With("pre_tokenizer", PatternAndBytes(KnownPatterns.Llama3)) },
        { "GPT-4o's pattern", () => With("pre_tokenizer", PatternAndBytes(KnownPatterns.O200k)) },
        { "WordPiece", () => WordPiece() },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ids_are_found_without_allocating_for_each_token(string kind, Func<Tokenizer> make)
    {
        Assert.NotEmpty(kind);
        Tokenizer tokenizer = make();
        string half = Words[..(Words.Length / 2)];
        var ids = new List<int>(4 * Words.Length);
        long few = Allocated(half);
        long many = Allocated(Words);
        Assert.True(many - few < 1000, $"{few} bytes for half of the text, {many} for all of its {ids.Count} tokens");

        long Allocated(string text)
        {
            long least = long.MaxValue;
            for (int run = 0; run < 3; run++)
            {
                ids.Clear();
                long before = GC.GetAllocatedBytesForCurrentThread();
                tokenizer.EncodeToIds(text.AsSpan(), ids);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_stream_gives_the_ids_of_the_whole_text(string kind, Func<Tokenizer> make)
    {
        Assert.NotEmpty(kind);
        Tokenizer tokenizer = make();
        string[] texts = [Words, "", "a", new string('x', 200_000), new string(' ', 200_000), string.Concat(Enumerable.Repeat("<|endoftext|> x<mask>", 20_000)), "\uD800" + Words];
        foreach (string text in texts)
        {
            using var reader = new StringReader(text);
            Assert.Equal(tokenizer.EncodeToIds(text), tokenizer.EncodeToIds(reader));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ids_tokens_and_counts_agree(string kind, Func<Tokenizer> make)
    {
        Assert.NotEmpty(kind);
        Tokenizer tokenizer = make();
        IReadOnlyList<int> ids = tokenizer.EncodeToIds(Words);
        Assert.Equal(ids, tokenizer.EncodeToTokens(Words).Select(token => token.Id));
        Assert.Equal(ids.Count, tokenizer.CountTokens(Words));
    }

    [Fact]
    public void A_batch_gives_what_each_text_gives_on_any_number_of_threads()
    {
        string[] texts = [.. Enumerable.Range(0, 300).Select(i => Words.Substring(37 * i, 100 + i)), ""];
        IReadOnlyList<int>[] single = [.. texts.Select(text => Small.EncodeToIds(text))];
        foreach (int threads in new[] { 0, 1, 2, 7 })
        {
            Assert.Equal(single, Small.EncodeBatchToIds(texts, threads: threads));
        }
    }

    [Fact]
    public void The_error_of_a_batch_is_that_of_its_first_wrong_text()
    {
        JsonObject json = SmallTokenizer.Json();
        json["truncation"] = JsonNode.Parse("""{"max_length": 3, "stride": 3, "strategy": "LongestFirst"}""");
        Tokenizer tokenizer = SmallTokenizer.Read(json);
        EncodeRequest[] requests = [.. Enumerable.Range(0, 50).Select(i => new EncodeRequest(i < 9 ? "abc" : "abcd"))];
        Assert.Equal("TruncationImpossible", Assert.Throws<GptxException>(() => tokenizer.EncodeBatch(requests)).ErrorId);
    }

    [Fact]
    public void Work_on_a_word_without_end_grows_with_its_length_and_not_with_its_square()
    {
        var merges = new MergeTable();
        merges.Set(0, 1, 0, 2);
        merges.Set(2, 2, 1, 3);
        merges.Set(3, 3, 2, 4);
        long small = Lookups(10_000);
        long large = Lookups(1_000_000);
        Assert.InRange(large, 100, 120 * small);

        long Lookups(int length)
        {
            var word = new BpeWord();
            for (int i = 0; i < length; i++)
            {
                word.Add(i % 2, 1);
            }

            word.MergeAll(merges);
            Assert.Equal(length, word.Symbols.ToArray().Sum(symbol => symbol.Length));
            return word.Lookups;
        }
    }

    [Fact]
    public void Short_and_long_words_are_merged_alike()
    {
        var merges = new MergeTable();
        var random = new Random(3);
        for (int rank = 0; rank < 60; rank++)
        {
            merges.Set(random.Next(20), random.Next(20), rank, random.Next(4, 20));
        }

        for (int run = 0; run < 300; run++)
        {
            // A word and the same word between symbols that nothing merges with, which make it long.
            int[] ids = [.. Enumerable.Range(0, random.Next(1, 100)).Select(_ => random.Next(20))];
            var word = new BpeWord();
            var padded = new BpeWord();
            Array.ForEach(ids, id => word.Add(id, 1));
            Array.ForEach([.. ids, .. Enumerable.Repeat(99, 150)], id => padded.Add(id, 1));
            word.MergeAll(merges);
            padded.MergeAll(merges);
            Assert.Equal(Ids(word), Ids(padded)[..^150]);
        }

        static int[] Ids(BpeWord word) => [.. word.Symbols.ToArray().Select(symbol => symbol.Id)];
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("<|endoftext|")]
    [InlineData("<|endoftext|>")]
    [InlineData("\u0301")]
    [InlineData("文")]
    [InlineData("é")]
    [InlineData("1")]
    [InlineData("\n")]
    public void A_million_of_the_same_is_no_trouble(string unit)
    {
        string text = string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length));
        Assert.Equal(text, Small.Decode(Small.EncodeToIds(text)));
        Assert.InRange(WordPiece().CountTokens(text), 0, text.Length);
        Assert.InRange(With("normalizer", new JsonObject { ["type"] = "NFKC" }).CountTokens(text), 1, 3 * text.Length);
    }

    private static JsonObject DigitsAndBytes() => Sequence(new JsonObject { ["type"] = "Digits", ["individual_digits"] = true }, SmallTokenizer.ByteLevel());

    private static JsonObject PatternAndBytes(string regex)
    {
        JsonObject bytes = SmallTokenizer.ByteLevel();
        bytes["use_regex"] = false;
        var split = new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = regex }, ["behavior"] = "Isolated", ["invert"] = false };
        return Sequence(split, bytes);
    }

    private static JsonObject Sequence(params JsonNode[] steps) => new() { ["type"] = "Sequence", ["pretokenizers"] = new JsonArray(steps) };

    private static Tokenizer With(string part, JsonNode value)
    {
        JsonObject json = SmallTokenizer.Json();
        json[part] = value;
        return SmallTokenizer.Read(json);
    }

    private static Tokenizer WordPiece()
    {
        const string Json = """
            {"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 2000000,
              "vocab": {"[UNK]": 0, "hello": 1, "wor": 2, "##ld": 3, "##l": 4, "##d": 5, "a": 6, "##a": 7, "##aa": 8, "文": 9, "the": 10, "##1": 11, "1": 12, "<": 13, "e": 14}}}
            """;
        return TokenizerJson.Read(Encoding.UTF8.GetBytes(Json), "tokenizer.json");
    }
}
