using Gptx.Embeddings;
using Gptx.Inference;

namespace Gptx.Tests.Embeddings;

public class WordSearchTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    private LanguageModel Model => embedded.Model;

    private EmbeddingTable Table => new(Model);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_word_is_looked_up_as_it_stands_in_running_text()
    {
        var king = Table.OfWord("king", index: 4);
        Assert.Equal((" king", "king", 4, false), (king.Token, king.Text, king.Index, king.IsMean));
        Assert.Equal(Model.TokenEmbeddingTensor.ReadSingles()[(king.Id!.Value * 256)..((king.Id!.Value + 1) * 256)], king.Vector);
        Assert.Equal(king.Ids, Table.OfWord(" king").Ids);
        Assert.NotEqual(king.Ids, Table.OfTokens(embedded.Text("king"))[0].Ids);
    }

    [Fact]
    public void A_word_of_several_tokens_is_their_mean()
    {
        var word = Table.OfWord("kingfishery");
        Assert.True(word.IsMean && word.Id is null && word.Ids.Count > 1);
        Assert.Equal(" kingfishery", word.Token);
        var parts = word.Ids.Select(id => Table.OfToken(id).Vector).ToList();
        Assert.All(word.Vector.Index(), number => Assert.Equal(parts.Average(part => part[number.Index]), number.Item, 1e-6));
        Assert.Equal("TextEmpty", Assert.Throws<GptxException>(() => Table.OfWord("  ")).ErrorId);
        Assert.Equal("TokenIdUnknown", Assert.Throws<GptxException>(() => Table.OfToken(8192)).ErrorId);
    }

    [Fact]
    public void Neighbours_are_words_unless_every_token_is_asked_for()
    {
        var king = Table.OfWord("king");
        var words = new WordSearch(Model).Find(king, 200, cancellation: Cancellation);
        Assert.All(words, near => Assert.True(Model.Tokenizer!.Vocabulary.BeginsWord(near.Id!.Value), near.Word));
        Assert.All(words, near => Assert.False(near.Word.StartsWith(' ')));
        Assert.Equal("queen", words[0].Word);
        var all = new WordSearch(Model, WordScope.AllTokens).Find(king, 8191, cancellation: Cancellation);
        Assert.Equal(8191, all.Count);
        Assert.Contains(all, near => !Model.Tokenizer!.Vocabulary.BeginsWord(near.Id!.Value));
        var expected = all.Where(near => Model.Tokenizer!.Vocabulary.BeginsWord(near.Id!.Value)).Take(200);
        Assert.Equal(expected.Select(near => near.Id), words.Select(near => near.Id));
        Assert.Equal(Enumerable.Range(1, 200), words.Select(near => near.Rank));
    }

    [Theory]
    [InlineData(VectorMetric.Cosine)]
    [InlineData(VectorMetric.Dot)]
    [InlineData(VectorMetric.Euclidean)]
    public void Scores_are_those_of_a_plain_sum_best_first(VectorMetric metric)
    {
        var king = Table.OfWord("king");
        var found = new WordSearch(Model).Find(king, 30, metric, cancellation: Cancellation);
        Assert.All(found, near => Assert.Equal(PlainScore.Of(metric, king.Vector, Table.OfToken(near.Id!.Value).Vector), near.Score, 1e-5));
        var order = metric == VectorMetric.Euclidean ? found.OrderBy(near => near.Score) : found.OrderByDescending(near => near.Score);
        Assert.Equal(order.Select(near => near.Id), found.Select(near => near.Id));
    }

    [Fact]
    public void The_query_itself_is_left_out_unless_it_is_asked_for()
    {
        var king = Table.OfWord("king");
        Assert.DoesNotContain(new WordSearch(Model).Find(king, 8000, cancellation: Cancellation), near => near.Id == king.Id);
        var self = new WordSearch(Model).Find(king, 1, includeSelf: true, cancellation: Cancellation)[0];
        Assert.Equal((king.Id, 1.0), (self.Id, Math.Round(self.Score, 6)));
    }

    [Fact]
    public void A_list_of_words_is_all_that_is_searched()
    {
        var list = new WordSearch(Model, ["queen", "water", "kingfishery", "king", "", "queen", " king"]);
        var found = list.Find(Table.OfWord("king"), 10, cancellation: Cancellation);
        Assert.Equal(["kingfishery", "queen", "water"], found.Select(near => near.Word).Order(StringComparer.Ordinal));
        Assert.Null(found.Single(near => near.Word == "kingfishery").Id);
        Assert.Contains(list.Find(Table.OfWord("king"), 10, includeSelf: true, cancellation: Cancellation), near => near.Word == "king");
        Assert.Equal("WordListEmpty", Assert.Throws<GptxException>(() => new WordSearch(Model, ["", " "])).ErrorId);
    }

    [Fact]
    public void A_vector_of_another_model_or_width_is_refused()
    {
        var king = Table.OfWord("king");
        var search = new WordSearch(Model);
        Assert.Equal("ModelMismatch", Assert.Throws<GptxException>(() => search.Find(king with { Model = "another" }, cancellation: Cancellation)).ErrorId);
        Assert.Equal("WidthMismatch", Assert.Throws<GptxException>(() => search.Find(king with { Vector = [1, 2] }, cancellation: Cancellation)).ErrorId);
        Assert.Equal("OptionOutOfRange", Assert.Throws<GptxException>(() => search.Find(king, top: 0, cancellation: Cancellation)).ErrorId);
    }

    [Fact]
    public void Analogies_are_sums_of_words_without_the_words_themselves()
    {
        var search = new WordSearch(Model);
        var found = WordAnalogy.Find(search, ["king", "woman"], ["man"], 20, cancellation: Cancellation);
        Assert.DoesNotContain(found, near => near.Word is "king" or "woman" or "man");
        Assert.All(found, near => Assert.Equal("king + woman - man", near.Text));
        var sum = UnitVector.Of(Table.OfWord("king").Vector).Zip(UnitVector.Of(Table.OfWord("woman").Vector), (a, b) => a + b)
            .Zip(UnitVector.Of(Table.OfWord("man").Vector), (a, b) => a - b).ToArray();
        Assert.All(found, near => Assert.Equal(PlainScore.Of(VectorMetric.Cosine, sum, Table.OfToken(near.Id!.Value).Vector), near.Score, 1e-5));
        var list = new WordSearch(Model, ["king", "queen", "man", "woman", "kingfishery"]);
        Assert.Equal(["kingfishery", "queen"], WordAnalogy.Find(list, ["king", "woman"], ["man"], cancellation: Cancellation).Select(near => near.Word).Order(StringComparer.Ordinal));
        Assert.Equal(5, WordAnalogy.Find(list, ["king", "woman"], ["man"], includeSelf: true, cancellation: Cancellation).Count);
        Assert.Equal("AnalogyEmpty", Assert.Throws<GptxException>(() => WordAnalogy.Find(search, [], ["man"], cancellation: Cancellation)).ErrorId);
    }

    [Theory]
    [InlineData("king - man + woman", "king woman", "man")]
    [InlineData("  ice-cream  +  snow ", "ice-cream snow", "")]
    [InlineData("a", "a", "")]
    [InlineData("- man + king", "king", "man")]
    public void An_expression_is_words_with_signs_between_them(string expression, string plus, string minus)
    {
        var (added, taken) = WordAnalogy.Parse(expression);
        Assert.Equal((plus, minus), (string.Join(' ', added), string.Join(' ', taken)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("king man")]
    [InlineData("king -")]
    [InlineData("king - - man")]
    [InlineData("+")]
    public void Other_expressions_are_refused(string expression) =>
        Assert.Equal("AnalogyUnreadable", Assert.Throws<GptxException>(() => WordAnalogy.Parse(expression)).ErrorId);

    [Fact]
    public void The_odd_word_is_least_like_the_others()
    {
        var words = OddWord.Among(Table, ["three", "four", "water", "five"]);
        Assert.Equal("water", words.Single(word => word.IsOdd).Word);
        Assert.Equal(words.Min(word => word.Score), words[2].Score);
        Assert.Equal([0, 1, 2, 3], words.Select(word => word.Index));
        Assert.Equal("TooFewWords", Assert.Throws<GptxException>(() => OddWord.Among(Table, ["a", "b"])).ErrorId);
    }
}
