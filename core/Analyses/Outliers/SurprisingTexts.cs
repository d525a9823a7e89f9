using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.Analyses;

/// <summary>Texts that surprise a language model: by their mean surprisal a token, in nats. Of all texts the scores are kept, and the texts themselves only of those that may be wanted.</summary>
public static class SurprisingTexts
{
    /// <summary>The texts that surprise the model most.</summary>
    /// <param name="model">A model with a next token.</param>
    /// <param name="texts">The texts, scored as they come.</param>
    /// <param name="options">How many are wanted.</param>
    /// <param name="scoring">How texts are scored; null as usual.</param>
    /// <param name="truncate">Whether texts that are too long are cut, in place of a fault.</param>
    /// <param name="onFault">Takes rows that cannot be scored; null throws what is wrong with the first.</param>
    /// <param name="progress">Told after each text.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>; what reading the rows says.</exception>
    public static UnusualTexts Of(
        LanguageModel model,
        IEnumerable<AnalysedText> texts,
        UnusualOptions options,
        ScoreOptions? scoring = null,
        bool truncate = false,
        Action<TextFault>? onFault = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options.Validate();
        model.RequireNextToken();
        var (scores, unscored) = (new List<double>(), 0L);
        var wanted = new PriorityQueue<int, (double Score, int MinusRow)>();
        var labels = new Dictionary<int, RowLabel>();
        foreach (var text in texts)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if (TextScorer.Score(model, text.Tokens(model, truncate), scoring, 0, cancellation).MeanSurprisal is { } mean)
                {
                    Keep(scores.Count, mean, text);
                    scores.Add(mean);
                }
                else
                {
                    unscored++;
                }
            }
            catch (GptxException error) when (error.Kind == GptxErrorKind.InvalidInput && onFault is not null)
            {
                onFault(new TextFault(text, error));
            }

            progress?.Report(WorkShare.Of($"scoring, {scores.Count} rows", text.Share));
        }

        return UnusualRanking.Of(scores, row => labels[row], options.Top, UnusualBy.Surprisal, unscored);

        void Keep(int row, double score, AnalysedText text)
        {
            labels[row] = text.Label with { Text = text.Shown };
            wanted.Enqueue(row, (score, -row));
            if (wanted.Count > options.Top)
            {
                labels.Remove(wanted.Dequeue());
            }
        }
    }
}
