using Gptx.Activations;
using Gptx.Architectures;

namespace Gptx.Inference.Comparison;

/// <summary>Which models can be compared, and by what.</summary>
internal static class ComparableModels
{
    /// <summary>Refuses two models whose answers mean different things.</summary>
    /// <exception cref="GptxException"><c>ModelsNotComparable</c>, <c>VocabulariesDiffer</c>.</exception>
    public static void Check(LanguageModel a, LanguageModel b)
    {
        if (a.MadeFor != b.MadeFor)
        {
            throw NotComparable($"{a.Name} is a model that {TaskNames.Of(a.MadeFor)}, {b.Name} one that {TaskNames.Of(b.MadeFor)}: both must do the same");
        }

        if (a.Shape.VocabularySize != b.Shape.VocabularySize)
        {
            throw Differ($"{a.Name} has {a.Shape.VocabularySize} entries in its vocabulary, {b.Name} has {b.Shape.VocabularySize}: both must have the same");
        }

        if (a.Tokenizer is { } tokensA && b.Tokenizer is { } tokensB)
        {
            for (var id = 0; id < a.Shape.VocabularySize; id++)
            {
                var (isInA, isInB) = (tokensA.Vocabulary.TryGetToken(id, out var tokenA), tokensB.Vocabulary.TryGetToken(id, out var tokenB));
                if (isInA && isInB && tokenA != tokenB)
                {
                    throw Differ($"token {id} is '{tokenA}' in {a.Name} and '{tokenB}' in {b.Name}: both must have the same vocabulary");
                }
            }
        }

        if (!a.Labels.SequenceEqual(b.Labels, StringComparer.Ordinal))
        {
            throw NotComparable($"{a.Name} has the classes {string.Join(", ", a.Labels)}, {b.Name} has {string.Join(", ", b.Labels)}: both must have the same");
        }

        if (!(HasDistribution(a) && HasDistribution(b)) && !HaveStates(a, b))
        {
            throw NotComparable($"{a.Name} and {b.Name} have nothing in common to compare: neither logits nor hidden states of one width (final_norm)");
        }
    }

    /// <summary>Whether the model's logits are a distribution over entries.</summary>
    public static bool HasDistribution(LanguageModel model) =>
        model.MadeFor is ModelTask.NextToken or ModelTask.FillMask or ModelTask.ClassifyText or ModelTask.ClassifyTokens
        && model.ActivationNames.Contains(ActivationName.Logits, StringComparer.Ordinal);

    /// <summary>Whether both models show hidden states of one width after the last norm.</summary>
    public static bool HaveStates(LanguageModel a, LanguageModel b) => a.Shape.Width == b.Shape.Width && HasStates(a) && HasStates(b);

    private static bool HasStates(LanguageModel model) => model.ActivationNames.Contains(ActivationName.FinalNorm, StringComparer.Ordinal);

    private static GptxException NotComparable(string message) => new(GptxErrorKind.InvalidArgument, "ModelsNotComparable", message);

    private static GptxException Differ(string message) => new(GptxErrorKind.InvalidArgument, "VocabulariesDiffer", message);
}
