using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Inference;

namespace Gptx.Prediction;

/// <summary>A part of a text that may answer a question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Index">Which question of the input, from 0.</param>
/// <param name="Rank">1 for the best.</param>
/// <param name="Answer">The part of the context.</param>
/// <param name="Start">Where it begins in the context, in UTF-16 units.</param>
/// <param name="Length">How long it is, in UTF-16 units.</param>
/// <param name="Score">The probability of its first token as a beginning times that of its last as an end, within the window that was read.</param>
/// <param name="Model">The model's name.</param>
public sealed record TextAnswer(string Question, int Index, int Rank, string Answer, int Start, int Length, double Score, string Model)
{
    private const int MostTokens = 15;

    /// <summary>The best answers to some questions, question by question.</summary>
    /// <param name="model">A model that answers questions about a text.</param>
    /// <param name="questions">The questions.</param>
    /// <param name="context">The text with the answers; one longer than the model reads is read in windows that overlap by half.</param>
    /// <param name="top">How many answers to each question, at least 1.</param>
    /// <param name="firstIndex">The index of the first question.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException"><c>TaskNotSupported</c>; <c>TextTooLong</c>: the question leaves no room; <c>TextMissing</c>: a question, or the context, is no text; <c>OptionOutOfRange</c>.</exception>
    public static IReadOnlyList<TextAnswer> Of(
        LanguageModel model, IReadOnlyList<TokenSequence> questions, string context, int top = 1, int firstIndex = 0, CancellationToken cancellation = default)
    {
        model.RequireTask(ModelTask.AnswerQuestion);
        if (top < 1)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"top {top} is not allowed: it must be at least 1");
        }

        return [.. questions.SelectMany((question, row) => Best(model, question, context, cancellation)
            .Take(top)
            .Select((answer, rank) => answer with { Index = firstIndex + row, Rank = rank + 1 }))];
    }

    private static IEnumerable<TextAnswer> Best(LanguageModel model, TokenSequence question, string context, CancellationToken cancellation)
    {
        var found = new List<TextAnswer>();
        foreach (var window in AnswerWindow.Of(model, question, context))
        {
            using var values = model.Run([window.Ids], [window.Types], new ActivationSelection(ActivationName.StartLogits, ActivationName.EndLogits), cancellation);
            found.AddRange(Spans(model, question.Label, context, window, values));
        }

        return found.OrderByDescending(answer => answer.Score).DistinctBy(answer => (answer.Start, answer.Length));
    }

    private static IEnumerable<TextAnswer> Spans(LanguageModel model, string question, string context, TextPair window, ActivationCache values)
    {
        // The first token takes part, as the place of "no answer"; the question does not.
        int[] open = [.. Enumerable.Range(0, window.Ids.Count).Where(position => window.Sequences[position] == 1 || position == 0)];
        var (starts, ends) = (Probabilities(ActivationName.StartLogits), Probabilities(ActivationName.EndLogits));
        int[] answers = [.. open.Where(position => window.Sequences[position] == 1)];
        foreach (var first in answers)
        {
            foreach (var last in answers.Where(last => last >= first && last < first + MostTokens))
            {
                var (start, end) = (window.Offsets[first].Start, window.Offsets[last].End);
                if (end > start)
                {
                    yield return new TextAnswer(question, 0, 0, context[start..end], start, end - start, starts[first] * ends[last], model.Name);
                }
            }
        }

        double[] Probabilities(string name)
        {
            var logits = values.Row(name, 0).Values.ToArray();
            var all = new double[logits.Length];
            foreach (var (place, probability) in Scores.Softmax([.. open.Select(position => logits[position])]).Index())
            {
                all[open[place]] = probability;
            }

            return all;
        }
    }

    /// <summary>The answer alone.</summary>
    public override string ToString() => Answer;
}
