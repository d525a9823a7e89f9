using Gptx.Architectures;

namespace Gptx.Inference.Comparison;

/// <summary>
/// Compares two models over texts: what quantizing, converting or training on has changed. Models that say what comes next, fill masks or classify
/// are compared by their distributions and, as all others, by the hidden states after the last norm.
/// </summary>
public static class ModelComparer
{
    /// <summary>Compares models whose vocabularies are the same.</summary>
    /// <param name="a">The model against which the other is measured.</param>
    /// <param name="b">The other; it may be the same checkpoint, loaded otherwise.</param>
    /// <param name="texts">The texts, as the first model reads them.</param>
    /// <param name="options">How texts that are long are read.</param>
    /// <param name="progress">Told after each stretch of a text how many tokens are done.</param>
    /// <param name="cancellation">Stops the running model at its next operator.</param>
    /// <exception cref="GptxException">
    /// <c>ModelsNotComparable</c>: the models do different things, or have no value in common; <c>VocabulariesDiffer</c>; <c>OptionOutOfRange</c>;
    /// <c>TextMissing</c>: there is no text; <c>TextTooLong</c>: a classifier cannot read a text in stretches.
    /// </exception>
    public static ModelComparison Compare(
        LanguageModel a,
        LanguageModel b,
        IReadOnlyList<TokenSequence> texts,
        ComparisonOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var window = (options ?? new ComparisonOptions()).WindowFor(a, b);
        if (texts.Count == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "TextMissing", "there is no text to compare the models over");
        }

        ComparableModels.Check(a, b);
        var pair = new ComparedPair(a, b);
        var whole = new ComparisonTally();
        var rows = new List<TextComparison>();
        var total = texts.Sum(text => (long)text.Count);
        foreach (var (index, text) in texts.Index())
        {
            var tally = new ComparisonTally { Tokens = text.Count };
            foreach (var stretch in Stretches(text.Count, window, a))
            {
                pair.Run([.. text.Ids], stretch, tally, cancellation);
                progress?.Report(new WorkProgress("comparing", whole.Tokens + stretch.Start + stretch.Length, total));
            }

            whole.Add(tally);
            rows.Add(new TextComparison(
                index, text.Label, text.Count, tally.PerplexityA, tally.PerplexityB, tally.MeanDivergence, tally.MaxDivergence, tally.TopAgreement, tally.MeanCosine));
        }

        return new ModelComparison(
            a.Name,
            b.Name,
            a.Precision.ToString().ToLowerInvariant(),
            b.Precision.ToString().ToLowerInvariant(),
            a.Compute.ToString().ToLowerInvariant(),
            b.Compute.ToString().ToLowerInvariant(),
            whole.Tokens,
            whole.PerplexityA,
            whole.PerplexityB,
            whole.MeanDivergence,
            whole.MaxDivergence,
            whole.TopAgreement,
            whole.MeanLogError,
            whole.MaxLogError,
            whole.MeanCosine,
            whole.MinCosine,
            rows);
    }

    /// <summary>Stretches of a text: the first is a window; each next one moves on by half a window, whose second half is new.</summary>
    private static IEnumerable<ComparedStretch> Stretches(int count, int window, LanguageModel model)
    {
        if (count > window && model.MadeFor is ModelTask.ClassifyText)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput, "TextTooLong", $"the text has {count} tokens, and a text is classified as a whole: at most {window} can be compared");
        }

        yield return new ComparedStretch(0, Math.Min(count, window), 0);
        var step = Math.Max(1, window / 2);
        for (var end = window; end < count; end += step)
        {
            var next = Math.Min(end + step, count);
            var start = next - window;
            yield return new ComparedStretch(start, window, end - start);
        }
    }
}

/// <summary>How texts are read when models are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>
    /// The most tokens that a model reads at once; longer texts are read in windows that overlap by half. Default 512, as llama.cpp measures
    /// perplexity, so that memory stays bounded: logits are 4 bytes a token and vocabulary entry, of two models. Less where a context is shorter.
    /// </summary>
    public int Window { get; init; } = 512;

    /// <summary>The window that both models can read.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>.</exception>
    internal int WindowFor(LanguageModel a, LanguageModel b) => Window >= 2
        ? Math.Min(Window, Math.Min(a.Shape.ContextLength, b.Shape.ContextLength))
        : throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"window {Window} is not allowed: it must be at least 2");
}
