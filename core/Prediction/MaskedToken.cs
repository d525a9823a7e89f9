using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Inference;

namespace Gptx.Prediction;

/// <summary>One candidate for a blank of a text.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Blank">Which blank of the text, from 0.</param>
/// <param name="Position">Which token of the text the blank is, from 0.</param>
/// <param name="Rank">1 for the most probable; among equals the lower id comes first.</param>
/// <param name="Id">The token's id.</param>
/// <param name="Token">The token's text.</param>
/// <param name="Logit">The model's score.</param>
/// <param name="Probability">softmax of the scores over the whole vocabulary.</param>
/// <param name="Filled">The text with the token in this blank; other blanks stay.</param>
/// <param name="Model">The model's name.</param>
public sealed record MaskedToken(
    string Text, int Index, int Blank, int Position, int Rank, int Id, string Token, double Logit, double Probability, string Filled, string Model)
{
    /// <summary>The most probable tokens of each blank of some texts: text by text, blank by blank. Each blank is filled as if the others stayed open.</summary>
    /// <param name="model">A model that fills masks.</param>
    /// <param name="texts">The texts, run as one batch; a blank is the model's own mask token, or <c>[MASK]</c>, or <c>&lt;mask&gt;</c>.</param>
    /// <param name="top">How many candidates of each blank, at least 1.</param>
    /// <param name="firstIndex">The index of the first text.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException"><c>TaskNotSupported</c>; <c>BlankMissing</c>: a text has none; <c>OptionOutOfRange</c>.</exception>
    public static IReadOnlyList<MaskedToken> Of(
        LanguageModel model, IReadOnlyList<TokenSequence> texts, int top = 5, int firstIndex = 0, CancellationToken cancellation = default)
    {
        model.RequireTask(ModelTask.FillMask);
        if (top < 1)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"top {top} is not allowed: it must be at least 1");
        }

        var mask = MaskToken.Of(model);
        TokenSequence[] read = [.. texts.Select(text => mask.Read(model, text))];
        using var values = model.Run([.. read.Select(text => text.Ids)], new ActivationSelection(ActivationName.Logits), cancellation);
        return [.. read.SelectMany((text, row) => Blanks(model, text, mask, values.Row(ActivationName.Logits, row), top)
            .Select(candidate => candidate with { Text = texts[row].Label, Index = firstIndex + row }))];
    }

    private static IEnumerable<MaskedToken> Blanks(LanguageModel model, TokenSequence text, MaskToken mask, Activation logits, int top)
    {
        int[] positions = [.. Enumerable.Range(0, text.Count).Where(position => text.Ids[position] == mask.Id)];
        foreach (var (blank, position) in positions.Index())
        {
            var scores = logits[position].Values.ToArray();
            var probabilities = Scores.Softmax(scores);
            var ids = Enumerable.Range(0, scores.Length).OrderByDescending(id => scores[id]).ThenBy(id => id).Take(top);
            foreach (var (rank, id) in ids.Index())
            {
                yield return new MaskedToken(
                    text.Label, 0, blank, position, rank + 1, id, model.TokenText(id), scores[id], probabilities[id], mask.Fill(model, text, position, id), model.Name);
            }
        }
    }

    /// <summary>The text with the token in the blank.</summary>
    public override string ToString() => Filled;
}
