using System.Text.Json;
using Gptx.Embeddings;
using Gptx.Inference;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Embeddings;

[Trait("Category", "Golden")]
public class DefaultNeighboursTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_neighbours_of_words_are_the_references()
    {
        var folder = DefaultModelGolden.Folder;
        using var model = LanguageModel.Load(folder, new LoadOptions { Device = Device.Cpu });
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Join(folder, "neighbours.json")));
        var search = new WordSearch(model);
        var words = 0;
        foreach (var word in json.RootElement.EnumerateObject())
        {
            (string Token, double Score)[] expected = [.. word.Value.EnumerateArray().Select(near => (near[0].GetString()!, near[1].GetDouble()))];
            var found = search.Find(search.Table.OfWord(word.Name), expected.Length, cancellation: Cancellation);

            // Scores are given to three places: equal ones may stand in either order.
            Assert.Equal(expected.Select(near => near.Score), found.Select(near => Math.Round(near.Score, 3)), (a, b) => Math.Abs(a - b) < 0.0015);
            var last = expected[^1].Score;
            Assert.Empty(expected.Where(near => near.Score > last).Select(near => near.Token.Trim()).Except(found.Select(near => near.Word)));
            words++;
        }

        output.WriteLine($"{words} words");
        Assert.True(words > 0, "no words");
    }
}
