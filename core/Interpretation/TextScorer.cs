using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>Surprisal and perplexity of texts under a model.</summary>
public static class TextScorer
{
    /// <summary>Scores one text.</summary>
    /// <exception cref="GptxException"><c>TextTooLong</c> without a stride; <c>OptionOutOfRange</c>; <c>TokenIdUnknown</c>.</exception>
    public static TextScore Score(LanguageModel model, TokenSequence text, ScoreOptions? options = null, int index = 0, CancellationToken cancellation = default)
    {
        options ??= new ScoreOptions();
        int[] before = options.Begin is { } begin ? [begin] : [];
        int[] ids = [.. before, .. text.Ids];
        var scores = new (double LogProbability, int Rank)?[ids.Length];
        model.RequireNextToken();
        foreach (var (start, length, firstNew) in Windows(ids.Length, model.Shape.ContextLength, model.Shape.TokenLimit, options.Stride))
        {
            ScoreWindow(model, ids, start, length, firstNew, scores, cancellation);
        }

        TokenScore[] tokens = [.. text.Tokens.Select((token, position) =>
        {
            var score = scores[before.Length + position];
            return new TokenScore(position, token.Text, token.Id, token.Start, token.Length, score?.LogProbability, -score?.LogProbability, score?.Rank);
        })];
        var counted = tokens.Where(token => token.Surprisal is not null).ToList();
        return new TextScore(text.Label, index, tokens, counted.Count, counted.Sum(token => token.Surprisal!.Value), model.Name);
    }

    /// <summary>Windows over a text: where each begins, how long it is, and the first position in it that no window before has scored.</summary>
    internal static IEnumerable<(int Start, int Length, int FirstNew)> Windows(int length, int context, int limit, int? stride)
    {
        if (stride is { } given && (given < 1 || given >= context))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"stride {given} is not allowed: it must be from 1 to {context - 1}, less than the context");
        }

        if (length <= context || (stride is null && length <= limit))
        {
            return [(0, length, 1)];
        }

        return stride is { } step
            ? Moving(length, context, step)
            : throw new GptxException(
                GptxErrorKind.InvalidInput,
                "TextTooLong",
                $"the text has {length} tokens: this model's context is {context}; score it in windows with a stride (half the context is usual)");
    }

    private static IEnumerable<(int Start, int Length, int FirstNew)> Moving(int length, int context, int step)
    {
        var scored = 1;
        for (var start = 0; scored < length; start += step)
        {
            var end = Math.Min(start + context, length);
            yield return (start, end - start, scored - start);
            scored = end;
        }
    }

    private static void ScoreWindow(
        LanguageModel model, int[] ids, int start, int length, int firstNew, (double LogProbability, int Rank)?[] scores, CancellationToken cancellation)
    {
        using var values = model.Run([ids[start..(start + length)]], new ActivationSelection(ActivationName.Logits), cancellation);
        var logits = values.Row(ActivationName.Logits, 0);
        for (var position = firstNew; position < length; position++)
        {
            var row = logits[position - 1].Values.Span;
            scores[start + position] = (row[ids[start + position]] - LogitOrder.LogSumExp(row), LogitOrder.RankOf(row, ids[start + position]));
        }
    }
}
