using Gptx.Inference;

namespace Gptx.Prediction;

/// <summary>A question with as much of a context as a model reads at once.</summary>
internal static class AnswerWindow
{
    /// <summary>One window where all fits; else several, each of which begins in the middle of the one before.</summary>
    /// <exception cref="GptxException"><c>TextTooLong</c>: the question leaves no room for the context; <c>TextMissing</c>.</exception>
    public static IEnumerable<TextPair> Of(LanguageModel model, TokenSequence question, string context)
    {
        var whole = TextPair.Of(model, question, context);
        int[] inContext = [.. Enumerable.Range(0, whole.Ids.Count).Where(position => whole.Sequences[position] == 1)];
        if (inContext.Length == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "TextMissing", "the context is empty: there is nothing to find an answer in");
        }

        var room = model.Shape.ContextLength - (whole.Ids.Count - inContext.Length);
        if (room < 2)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput, "TextTooLong", $"the question leaves no room for its context: this model's context is {model.Shape.ContextLength} tokens, {model.Shape.ContextLength - room} are the question's");
        }

        var (first, last) = (inContext[0], inContext[^1]);
        for (var start = 0; ; start += Math.Max(1, room / 2))
        {
            var end = Math.Min(start + room, inContext.Length);
            yield return Part(whole, [.. Enumerable.Range(0, first), .. inContext[start..end], .. Enumerable.Range(last + 1, whole.Ids.Count - last - 1)]);
            if (end == inContext.Length)
            {
                yield break;
            }
        }
    }

    private static TextPair Part(TextPair whole, int[] kept) => new(
        [.. kept.Select(position => whole.Ids[position])],
        [.. kept.Select(position => whole.Types[position])],
        [.. kept.Select(position => whole.Sequences[position])],
        [.. kept.Select(position => whole.Offsets[position])]);
}
