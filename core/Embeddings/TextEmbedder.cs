using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.Embeddings;

/// <summary>Texts become vectors: the hidden states of their tokens, pooled.</summary>
public static class TextEmbedder
{
    /// <summary>Embeds texts as one batch.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="options">How.</param>
    /// <param name="firstIndex">The index of the first text.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException"><c>TextTooLong</c> without <see cref="TextEmbeddingOptions.Chunk"/>; <c>LayerOutOfRange</c>.</exception>
    public static IReadOnlyList<TextVector> Embed(
        LanguageModel model, IReadOnlyList<TokenSequence> texts, TextEmbeddingOptions? options = null, int firstIndex = 0, CancellationToken cancellation = default)
    {
        options ??= new TextEmbeddingOptions();
        var layer = model.ResolveLayer(options.Layer);
        var name = ActivationName.HiddenState(layer, model.Shape.Blocks);
        var pools = texts.Select(_ => new HiddenStatePool(options.Pooling, model.Shape.Width)).ToList();
        var windows = texts.SelectMany((text, index) => Windows(text, model, options.Chunk).Select(ids => (Text: index, Ids: ids))).ToList();
        foreach (var batch in windows.Chunk(Math.Max(1, texts.Count)))
        {
            using var values = model.Run([.. batch.Select(window => window.Ids)], new ActivationSelection(name), cancellation);
            foreach (var (row, window) in batch.Index())
            {
                pools[window.Text].Add(values.Row(name, row).Values.Span);
            }
        }

        return [.. texts.Select((text, index) => new TextVector(
            text.Label,
            firstIndex + index,
            options.Normalize ? UnitVector.Of(pools[index].Vector()) : pools[index].Vector(),
            layer,
            options.Pooling,
            text.Count,
            windows.Count(window => window.Text == index),
            model.Name))];
    }

    private static IEnumerable<int[]> Windows(TokenSequence text, LanguageModel model, bool chunk) => text.Count <= model.Shape.TokenLimit || chunk
        ? text.Ids.Chunk(chunk ? model.Shape.ContextLength : Math.Max(1, text.Count))
        : throw new GptxException(
            GptxErrorKind.InvalidInput,
            "TextTooLong",
            $"the text has {text.Count} tokens: this model's context is {model.Shape.ContextLength}; shorten the text, ask for truncation, or have it read in chunks");
}
