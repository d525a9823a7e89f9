using System.Text.Json;
using Gptx.Embeddings;
using Gptx.Tests.Tool;

namespace Gptx.Tests.Embeddings;

/// <summary>Word vectors against gensim: reading and refusing files, neighbours, analogies, odd one out, benchmarks.</summary>
[Trait("Category", "Golden")]
public class GoldenWordTests
{
    private static readonly Dictionary<string, WordVectorFormat> Kinds = new(StringComparer.Ordinal)
    {
        ["word2vec-binary"] = WordVectorFormat.Word2VecBinary,
        ["word2vec-text"] = WordVectorFormat.Word2VecText,
        ["glove"] = WordVectorFormat.GloVe,
    };

    private static Lazy<JsonElement> Root { get; } = new(() => CommandRun.Parse(File.ReadAllText(Path.Join(Folder, "reference.json"))));

    private static Lazy<WordVectors> Vectors { get; } = new(() => WordVectors.Read(Path.Join(Folder, Root.Value.GetProperty("vectors").GetProperty("file").GetString()!)));

    // The words lie beside the golden root.
    private static string Folder
    {
        get
        {
            var folder = Path.GetFullPath(Path.Join(GoldenRoot.Folder("."), "..", "words"));
            Assert.SkipUnless(Directory.Exists(folder), $"There is no '{folder}'.");
            return folder;
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_table_is_that_of_the_reference()
    {
        var said = Root.Value.GetProperty("vectors");
        Assert.Equal(said.GetProperty("words").GetInt32(), Vectors.Value.Words.Count);
        Assert.Equal(said.GetProperty("width").GetInt32(), Vectors.Value.Vectors.Width);
        Assert.Equal(said.GetProperty("first_words").EnumerateArray().Select(word => word.GetString()!), Vectors.Value.Words.Take(said.GetProperty("first_words").GetArrayLength()));
        Assert.All(said.GetProperty("first_vector").EnumerateArray().Index(), value => Assert.Equal(value.Item.GetSingle(), Vectors.Value.Vectors.CopyRow(0)[value.Index]));
    }

    [Fact]
    public void Three_formats_give_the_same_table()
    {
        var tables = Root.Value.GetProperty("small").GetProperty("files").EnumerateArray().Select(file => WordVectors.Read(Path.Join(Folder, file.GetString()!))).ToList();
        Assert.True(tables.Select(table => table.Format).Distinct().Count() > 1);
        foreach (var table in tables)
        {
            Assert.Equal(tables[0].Words, table.Words);
            Assert.Equal(Root.Value.GetProperty("small").GetProperty("words").GetInt32(), table.Words.Count);
            Assert.All(Enumerable.Range(0, table.Words.Count), row => Assert.True(tables[0].Vectors.CopyRow(row).AsSpan().SequenceEqual(table.Vectors.CopyRow(row))));
        }
    }

    [Fact]
    public void Files_with_faults_are_read_or_refused_as_they_should_be()
    {
        foreach (var bad in Root.Value.GetProperty("bad").EnumerateArray())
        {
            var path = Path.Join(Folder, bad.GetProperty("file").GetString()!);
            foreach (var format in new WordVectorFormat?[] { Kinds[bad.GetProperty("kind").GetString()!], null })
            {
                CheckBad(path, format, bad.GetProperty("expect").GetString()!);
            }
        }
    }

    [Fact]
    public void Neighbours_are_those_of_gensim()
    {
        var search = new WordSearch(Vectors.Value);
        foreach (var query in Root.Value.GetProperty("most_similar").EnumerateObject())
        {
            AssertNear(query.Value, search.Find(Vectors.Value.OfWord(query.Name), query.Value.GetArrayLength(), cancellation: Cancellation));
        }
    }

    [Fact]
    public void Analogies_are_those_of_gensim_by_sum_and_by_product()
    {
        var search = new WordSearch(Vectors.Value);
        foreach (var query in Root.Value.GetProperty("analogy_queries").EnumerateArray())
        {
            string[] Words(string name) => [.. query.GetProperty(name).EnumerateArray().Select(word => word.GetString()!)];
            foreach (var (name, method) in new[] { ("add", AnalogyMethod.Add), ("mul", AnalogyMethod.Mul) })
            {
                var wanted = query.GetProperty(name);
                AssertNear(wanted, WordAnalogy.Find(search, Words("positive"), Words("negative"), wanted.GetArrayLength(), method: method, cancellation: Cancellation));
            }
        }
    }

    [Fact]
    public void The_odd_one_out_is_that_of_gensim()
    {
        foreach (var query in Root.Value.GetProperty("odd_one_out").EnumerateArray())
        {
            string[] words = [.. query.GetProperty("words").EnumerateArray().Select(word => word.GetString()!)];
            var found = OddWord.Among(Vectors.Value, words);
            Assert.Equal(query.GetProperty("odd").GetString(), found.Single(word => word.IsOdd).Word);
            // gensim's score is the dot product with the mean, scaled to length 1: (1 + (n - 1) mean cosine to the others) / n over the mean's length.
            var sums = found.ToDictionary(word => word.Word, word => (1 + ((words.Length - 1) * word.Score)) / words.Length, StringComparer.Ordinal);
            var length = Math.Sqrt(sums.Values.Average());
            foreach (var ranked in query.GetProperty("ranked").EnumerateArray())
            {
                Assert.Equal(ranked.GetProperty("score").GetDouble(), sums[ranked.GetProperty("word").GetString()!] / length, 1e-5);
            }
        }
    }

    [Fact]
    public void Single_cosines_are_those_of_the_reference() => Assert.All(Root.Value.GetProperty("similarity").EnumerateArray(), pair => Assert.Equal(
        pair.GetProperty("cosine").GetDouble(),
        VectorArithmetic.Similarity(Vectors.Value.OfWord(pair.GetProperty("a").GetString()!).Vector, Vectors.Value.OfWord(pair.GetProperty("b").GetString()!).Vector),
        1e-9));

    [Fact]
    public void The_analogy_benchmark_counts_as_gensim_does()
    {
        var questions = AnalogyQuestion.Read(Path.Join(Folder, "questions-words.txt"));
        foreach (var run in Root.Value.GetProperty("analogies").EnumerateArray())
        {
            AssertSections(run, AnalogyScore.Of(Vectors.Value, questions, Options(run), cancellation: Cancellation));
        }

        foreach (var run in Root.Value.GetProperty("analogies_3cosmul_float64").EnumerateArray())
        {
            var options = new BenchmarkOptions { RestrictVocabulary = run.GetProperty("restrict_vocab").GetInt32(), Method = AnalogyMethod.Mul };
            AssertSections(run, AnalogyScore.Of(Vectors.Value, questions, options, cancellation: Cancellation));
        }
    }

    [Fact]
    public void The_similarity_benchmark_is_that_of_gensim()
    {
        foreach (var run in Root.Value.GetProperty("pairs").EnumerateArray())
        {
            var found = SimilarityScore.Of(Vectors.Value, WordPair.Read(Path.Join(Folder, run.GetProperty("file").GetString()!)), Options(run));
            Assert.Equal(run.GetProperty("pairs").GetInt32(), found.Pairs);
            Assert.Equal(run.GetProperty("pearson").GetDouble(), found.Pearson, 1e-5);
            Assert.Equal(run.GetProperty("spearman").GetDouble(), found.Spearman, 1e-5);
            Assert.Equal(run.GetProperty("oov_percent").GetDouble(), found.UnknownPercent, 1e-9);
            Assert.InRange(found.PearsonProbability / run.GetProperty("pearson_p").GetDouble(), 0.9, 1.1);
            Assert.InRange(found.SpearmanProbability / run.GetProperty("spearman_p").GetDouble(), 0.9, 1.1);
        }
    }

    private static BenchmarkOptions Options(JsonElement run) => new()
    {
        RestrictVocabulary = run.GetProperty("restrict_vocab").GetInt32(),
        IgnoreCase = run.GetProperty("case_insensitive").GetBoolean(),
        CountUnknown = run.GetProperty("dummy4unknown").GetBoolean(),
    };

    private static void AssertSections(JsonElement run, IReadOnlyList<AnalogyScore> found)
    {
        var sections = run.GetProperty("sections").EnumerateArray().ToList();
        foreach (var wanted in sections)
        {
            var name = wanted.GetProperty("section").GetString();
            var section = found.Single(score => score.Section == (name == "Total accuracy" ? "total" : name));
            Assert.Equal((name, wanted.GetProperty("correct").GetInt32(), wanted.GetProperty("asked").GetInt32()), (name, section.Correct, section.Asked));
        }

        Assert.Equal(run.GetProperty("accuracy").GetDouble(), found[^1].Accuracy!.Value, 1e-12);
    }

    private static void AssertNear(JsonElement wanted, IReadOnlyList<NearWord> found)
    {
        Assert.Equal(wanted.GetArrayLength(), found.Count);
        foreach (var (rank, near) in wanted.EnumerateArray().Index())
        {
            Assert.Equal(near.GetProperty("score").GetDouble(), found[rank].Score, 1e-5);
            // Two words that score alike may change places.
            var said = near.GetProperty("word").GetString();
            Assert.Equal(near.GetProperty("score").GetDouble(), found.First(word => word.Word == said).Score, 1e-5);
        }
    }

    private static void CheckBad(string path, WordVectorFormat? format, string expect)
    {
        try
        {
            var table = WordVectors.Read(path, format);
            Assert.True(expect is "read" or "either" || format is null, $"{path} was read");
            Assert.All(Enumerable.Range(0, table.Words.Count), row => Assert.True(table.Vectors.CopyRow(row).All(float.IsFinite)));
            Assert.Equal(table.Words.Count, table.Words.Distinct().Count());
            Assert.All(new WordSearch(table).Find(table.OfWord(table.Words[0]), 3, cancellation: Cancellation), near => Assert.InRange(near.Score, -1, 1));
        }
        catch (GptxException error)
        {
            Assert.True(expect is "refuse" or "either", error.Message);
            Assert.Equal("VectorFileInvalid", error.ErrorId);
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        }
    }
}
