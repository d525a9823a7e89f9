using System.Text.Json;
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
        var recipe = options is { Pooling: null, Layer: -1 } ? SentenceRecipe.Of(model) : null;
        if (recipe is null && options.Prompt is { } prompt)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "PromptUnknown", $"prompt '{prompt}' is not known: only a sentence-transformers folder, pooled as it says, has prompts");
        }

        var layer = model.ResolveLayer(options.Layer);
        IReadOnlyList<TextPooling> poolings = recipe?.Poolings ?? [options.Pooling ?? TextPooling.Mean];
        var read = recipe is null ? texts : [.. texts.Select(text => SentenceText.Of(model, recipe, text, options))];
        var skipped = recipe is { IncludesPrompt: false } ? SentenceText.PromptLength(model, recipe, options) : 0;
        var (pools, windows) = Pool(model, read, layer, options.Chunk, skipped, cancellation);
        var name = string.Join('+', poolings.Select(pooling => JsonNamingPolicy.CamelCase.ConvertName(pooling.ToString())));
        return [.. texts.Select((text, index) =>
        {
            float[] pooled = [.. poolings.SelectMany(pooling => pools[index].Vector(pooling))];
            var vector = (recipe?.Steps ?? []).Aggregate(pooled, (x, step) => step(x));
            return new TextVector(
                text.Label, firstIndex + index, options.Normalize ? UnitVector.Of(vector) : vector, layer, name, read[index].Count, windows[index], model.Name);
        })];
    }

    /// <summary>Whether the model's folder says itself how a text becomes a vector (<c>modules.json</c>): then longer texts are cut as it says.</summary>
    public static bool HasRecipe(LanguageModel model) => SentenceRecipe.Of(model) is not null;

    private static (IReadOnlyList<HiddenStatePool> Pools, int[] Windows) Pool(
        LanguageModel model, IReadOnlyList<TokenSequence> texts, int layer, bool chunk, int skipped, CancellationToken cancellation)
    {
        var name = ActivationName.HiddenState(layer, model.Shape.Blocks);
        var pools = texts.Select(_ => new HiddenStatePool(model.Shape.Width)).ToList();
        var counts = new int[texts.Count];
        var windows = texts.SelectMany((text, index) => Windows(text, model, chunk).Select(ids => (Text: index, Ids: ids))).ToList();
        foreach (var batch in windows.Chunk(Math.Max(1, texts.Count)))
        {
            using var values = model.Run([.. batch.Select(window => window.Ids)], new ActivationSelection(name), cancellation);
            foreach (var (row, window) in batch.Index())
            {
                pools[window.Text].Add(values.Row(name, row).Values.Span, counts[window.Text]++ == 0 ? skipped : 0);
            }
        }

        return (pools, counts);
    }

    private static IEnumerable<int[]> Windows(TokenSequence text, LanguageModel model, bool chunk) => text.Count <= model.Shape.TokenLimit || chunk
        ? text.Ids.Chunk(chunk ? model.Shape.ContextLength : Math.Max(1, text.Count))
        : throw new GptxException(
            GptxErrorKind.InvalidInput,
            "TextTooLong",
            $"the text has {text.Count} tokens: this model's context is {model.Shape.ContextLength}; shorten the text, ask for truncation, or have it read in chunks");
}
