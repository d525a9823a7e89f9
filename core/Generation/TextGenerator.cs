using System.Runtime.CompilerServices;
using Gptx.Generation.Beams;
using Gptx.Inference;

namespace Gptx.Generation;

/// <summary>
/// Writes text: the logits after the text so far become probabilities, one token is drawn, and the loop goes on. Keys and values of
/// earlier tokens are kept, so each step computes one token a row.
/// </summary>
public static class TextGenerator
{
    /// <summary>The settings that a model and options make together: options first, then its generation_config.json, then our defaults.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>.</exception>
    public static SamplingSettings Settings(LanguageModel model, GenerationOptions options)
    {
        var config = model.Checkpoint.GenerationConfig;
        return SamplingSettings.Resolve(options, config with { EosTokenIds = config.EosTokenIds ?? model.Checkpoint.Config.FindInt32s("eos_token_id") });
    }

    /// <summary>
    /// Continues prompts token by token. Steps of several prompts and continuations come interleaved; each continuation ends with a step
    /// whose <see cref="GenerationStep.Finished"/> is set. With beams the steps come when the search has ended, prompt by prompt, the best text first: before, no token
    /// is certain.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">The prompts, run as one batch.</param>
    /// <param name="options">How tokens are chosen and when to stop.</param>
    /// <param name="firstIndex">The index of the first prompt; the draws depend on it.</param>
    /// <param name="cancellation">Stops between tokens, and a running step at its next operator.</param>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>, <c>TextEmpty</c>, <c>TextTooLong</c>, <c>PromptFillsContext</c>.</exception>
    public static IEnumerable<GenerationStep> Stream(
        LanguageModel model, IReadOnlyList<TokenSequence> prompts, GenerationOptions options, int firstIndex = 0, CancellationToken cancellation = default) =>
        Begin(model, prompts, options, [.. Enumerable.Range(firstIndex, prompts.Count)], cancellation);

    /// <summary>As <see cref="Stream"/>, with each step computed on a thread of the pool.</summary>
    /// <inheritdoc cref="Stream"/>
    public static async IAsyncEnumerable<GenerationStep> StreamAsync(
        LanguageModel model,
        IReadOnlyList<TokenSequence> prompts,
        GenerationOptions options,
        int firstIndex = 0,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var steps = Stream(model, prompts, options, firstIndex, cancellation).GetEnumerator();
        while (await Task.Run(steps.MoveNext, cancellation).ConfigureAwait(false))
        {
            yield return steps.Current;
        }
    }

    /// <summary>Continues prompts to their ends: prompt by prompt, and continuation by continuation.</summary>
    /// <inheritdoc cref="Stream"/>
    public static IReadOnlyList<GeneratedText> Generate(
        LanguageModel model, IReadOnlyList<TokenSequence> prompts, GenerationOptions options, int firstIndex = 0, CancellationToken cancellation = default) =>
        [.. Stream(model, prompts, options, firstIndex, cancellation)
            .Select(step => step.Finished)
            .OfType<GeneratedText>()
            .OrderBy(text => text.Index)
            .ThenBy(text => text.Continuation)];

    /// <summary>
    /// As <see cref="Generate(LanguageModel, IReadOnlyList{TokenSequence}, GenerationOptions, int, CancellationToken)"/>, for prompts that do not follow each other.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">The prompts, run as one batch.</param>
    /// <param name="options">How tokens are chosen and when to stop.</param>
    /// <param name="indices">The index of each prompt, no two alike; the draws depend on it.</param>
    /// <param name="cancellation">Stops between tokens, and a running step at its next operator.</param>
    /// <returns>The texts of each prompt, in the order of the prompts.</returns>
    public static IReadOnlyList<IReadOnlyList<GeneratedText>> Generate(
        LanguageModel model, IReadOnlyList<TokenSequence> prompts, GenerationOptions options, IReadOnlyList<int> indices, CancellationToken cancellation = default)
    {
        var texts = Begin(model, prompts, options, indices, cancellation).Select(step => step.Finished).OfType<GeneratedText>().ToLookup(text => text.Index);
        return [.. indices.Select(index => (IReadOnlyList<GeneratedText>)[.. texts[index].OrderBy(text => text.Continuation)])];
    }

    private static IEnumerable<GenerationStep> Begin(
        LanguageModel model, IReadOnlyList<TokenSequence> prompts, GenerationOptions options, IReadOnlyList<int> indices, CancellationToken cancellation)
    {
        var settings = Settings(model, options);
        TokenCheck.Rows([.. prompts.Select(prompt => prompt.Ids)], model.Shape);
        foreach (var prompt in prompts)
        {
            CheckRoom(prompt, model);
        }

        return settings.Beams > 1
            ? BeamGenerator.Steps(model, prompts, settings, indices, cancellation)
            : Steps(model, prompts, settings, indices, cancellation);
    }

    private static IEnumerable<GenerationStep> Steps(
        LanguageModel model, IReadOnlyList<TokenSequence> prompts, SamplingSettings settings, IReadOnlyList<int> indices, CancellationToken cancellation)
    {
        var rows = prompts
            .SelectMany((prompt, index) => Enumerable.Range(0, settings.Count).Select(continuation =>
                new ContinuationInProgress(model, prompt, settings, indices[index], continuation)))
            .ToList();
        var longest = prompts.Max(prompt => prompt.Count);
        using var cache = model.CreateCache(rows.Count, (int)Math.Min((long)longest + settings.MaxTokens, model.Shape.TokenLimit), settings.Interventions);
        var afterPrompts = cache.Prefill([.. prompts.Select(prompt => prompt.Ids)], cancellation).ToArray();
        cache.Select([.. Enumerable.Range(0, rows.Count).Select(row => row / settings.Count)]);
        var steps = Take(rows, row => afterPrompts.AsSpan(row / settings.Count * cache.VocabularySize, cache.VocabularySize));
        while (true)
        {
            foreach (var step in steps)
            {
                yield return step;
            }

            int[] alive = [.. Enumerable.Range(0, rows.Count).Where(row => steps[row].Finished is null)];
            if (alive.Length == 0)
            {
                yield break;
            }

            if (alive.Length < rows.Count)
            {
                rows = [.. alive.Select(row => rows[row])];
                cache.Select(alive);
            }

            steps = Next(cache, rows, [.. alive.Select(row => steps[row].Token.Id)], cancellation);
        }
    }

    private static GenerationStep[] Next(KeyValueCache cache, List<ContinuationInProgress> rows, int[] tokens, CancellationToken cancellation)
    {
        var logits = cache.Step(tokens, cancellation);
        var steps = new GenerationStep[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            steps[row] = rows[row].Take(logits.Slice(row * cache.VocabularySize, cache.VocabularySize));
        }

        return steps;
    }

    private delegate ReadOnlySpan<float> RowOfLogits(int row);

    private static GenerationStep[] Take(List<ContinuationInProgress> rows, RowOfLogits logits) =>
        [.. rows.Select((row, index) => row.Take(logits(index)))];

    private static void CheckRoom(TokenSequence prompt, LanguageModel model)
    {
        if (prompt.Count == model.Shape.TokenLimit)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput,
                "PromptFillsContext",
                $"the prompt has {prompt.Count} tokens, as many as the model's context: there is no room for an answer; shorten it or ask for truncation");
        }
    }
}
