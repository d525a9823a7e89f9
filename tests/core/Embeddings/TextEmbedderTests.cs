using Gptx.Activations;
using Gptx.Embeddings;
using Gptx.Inference;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Embeddings;

public class TextEmbedderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TextPooling.Mean)]
    [InlineData(TextPooling.Last)]
    [InlineData(TextPooling.Max)]
    [InlineData(TextPooling.Cls)]
    public void A_text_is_its_hidden_states_pooled(TextPooling pooling)
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 81 });
        using var model = checkpoint.Load();
        var texts = checkpoint.Rows(9, 1, 24).Select(row => TokenSequence.FromIds(model, row)).ToList();
        foreach (var layer in (int[])[0, 1, -1])
        {
            var vectors = TextEmbedder.Embed(model, texts, new TextEmbeddingOptions { Pooling = pooling, Layer = layer }, firstIndex: 2, Cancellation);
            foreach (var (row, vector) in vectors.Index())
            {
                Assert.Equal((2 + row, layer < 0 ? 2 : layer, pooling.ToString().ToLowerInvariant(), texts[row].Count, 1), (vector.Index, vector.Layer, vector.Pooling, vector.TokenCount, vector.Windows));
                Closeness.AssertWithin(1e-5, vector.Vector, Pool(States(model, [texts[row].Ids], layer), pooling), $"row {row} layer {layer}");
            }
        }
    }

    [Fact]
    public void Long_texts_are_read_in_windows_when_that_is_asked_for()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 82 });
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(60, 3, 48);
        var texts = rows.Select(row => TokenSequence.FromIds(model, row)).ToList();
        Assert.Equal("TextTooLong", Assert.Throws<GptxException>(() => TextEmbedder.Embed(model, texts, cancellation: Cancellation)).ErrorId);
        foreach (var pooling in Enum.GetValues<TextPooling>())
        {
            var vectors = TextEmbedder.Embed(model, texts, new TextEmbeddingOptions { Pooling = pooling, Chunk = true }, cancellation: Cancellation);
            Assert.Equal([3, 1, 2], vectors.Select(vector => vector.Windows));
            Assert.All(vectors.Index(), vector => Closeness.AssertWithin(
                1e-5, vector.Item.Vector, Pool(States(model, [.. rows[vector.Index].Chunk(24)], -1), pooling), $"{pooling} {vector.Index}"));
        }
    }

    [Fact]
    public void A_batch_gives_what_single_texts_give_and_length_one_on_request()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 83 });
        using var model = checkpoint.Load();
        var texts = checkpoint.Rows(5, 24, 2).Select(row => TokenSequence.FromIds(model, row)).ToList();
        var batch = TextEmbedder.Embed(model, texts, new TextEmbeddingOptions { Normalize = true }, cancellation: Cancellation);
        foreach (var (row, text) in texts.Index())
        {
            var alone = TextEmbedder.Embed(model, [text], new TextEmbeddingOptions { Normalize = true }, cancellation: Cancellation)[0];
            Closeness.AssertWithin(1e-5, batch[row].Vector, alone.Vector, $"row {row}");
            Assert.Equal(1, batch[row].Vector.Sum(value => (double)value * value), 1e-5);
        }

        Assert.Empty(TextEmbedder.Embed(model, [], cancellation: Cancellation));
    }

    private static float[][] States(LanguageModel model, IReadOnlyList<IReadOnlyList<int>> windows, int layer)
    {
        var name = ActivationName.HiddenState(model.ResolveLayer(layer), model.Shape.Blocks);
        using var values = model.Run(windows, new ActivationSelection(name), Cancellation);
        return [.. windows.SelectMany((window, row) => Enumerable.Range(0, window.Count).Select(position => values.Row(name, row)[position].Values.ToArray()))];
    }

    private static float[] Pool(float[][] states, TextPooling pooling) => pooling switch
    {
        TextPooling.Last => states[^1],
        TextPooling.Cls => states[0],
        TextPooling.MeanSqrtLength => [.. states[0].Select((_, i) => (float)(states.Sum(state => (double)state[i]) / Math.Sqrt(states.Length)))],
        TextPooling.WeightedMean => [.. states[0].Select((_, i) => (float)(states.Index().Sum(state => (double)state.Item[i] * (state.Index + 1)) / (states.Length * (states.Length + 1) / 2)))],
        TextPooling.Max => [.. states[0].Select((_, i) => states.Max(state => state[i]))],
        _ => [.. states[0].Select((_, i) => states.Average(state => state[i]))],
    };
}
