using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Inference;

namespace Gptx.Prediction;

/// <summary>How much a text belongs to a class.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Pair">The second text; null where there is none.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Rank">1 for the class with the highest score.</param>
/// <param name="Id">The class's number.</param>
/// <param name="Label">Its name.</param>
/// <param name="Logit">The model's score.</param>
/// <param name="Score">
/// Its probability: softmax over the classes, or, where several classes may hold at once (<c>problem_type</c>) or there is but one, 1 / (1 + exp(-logit)).
/// Of a regression the logit itself.
/// </param>
/// <param name="Model">The model's name.</param>
public sealed record TextClass(string Text, string? Pair, int Index, int Rank, int Id, string Label, double Logit, double Score, string Model)
{
    /// <summary>The classes of some texts: text by text, the highest score first.</summary>
    /// <param name="model">A model that classifies texts.</param>
    /// <param name="texts">The texts, run as one batch.</param>
    /// <param name="pair">A text that stands behind each of them, for models that read two; null for none.</param>
    /// <param name="top">How many classes of each text; null for all.</param>
    /// <param name="firstIndex">The index of the first text.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException"><c>TaskNotSupported</c>; <c>TextTooLong</c>; <c>OptionOutOfRange</c>.</exception>
    public static IReadOnlyList<TextClass> Of(
        LanguageModel model, IReadOnlyList<TokenSequence> texts, string? pair = null, int? top = null, int firstIndex = 0, CancellationToken cancellation = default)
    {
        model.RequireTask(ModelTask.ClassifyText);
        if (top < 1)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"top {top} is not allowed: it must be at least 1");
        }

        TextPair[] read = [.. texts.Select(text => TextPair.Of(model, text, pair))];
        using var values = model.Run([.. read.Select(text => text.Ids)], [.. read.Select(text => text.Types)], new ActivationSelection(ActivationName.Logits), cancellation);
        return [.. texts.SelectMany((text, row) => Classes(model, values.Row(ActivationName.Logits, row).Values.Span)
            .Take(top ?? int.MaxValue)
            .Select(found => found with { Text = text.Label, Pair = pair, Index = firstIndex + row }))];
    }

    private static IEnumerable<TextClass> Classes(LanguageModel model, ReadOnlySpan<float> logits)
    {
        var kind = model.Checkpoint.Config.FindString("problem_type");
        double[] scores = kind == "regression" ? [.. logits.ToArray().Select(logit => (double)logit)]
            : kind == "multi_label_classification" || logits.Length == 1 ? [.. logits.ToArray().Select(logit => Scores.Sigmoid(logit))]
            : Scores.Softmax(logits);
        var all = logits.ToArray();
        return Enumerable.Range(0, all.Length).OrderByDescending(id => all[id]).ThenBy(id => id)
            .Select((id, rank) => new TextClass("", null, 0, rank + 1, id, model.Labels[id], all[id], scores[id], model.Name));
    }

    /// <summary>The class alone.</summary>
    public override string ToString() => Label;
}
