using System.Numerics.Tensors;
using Gptx.Inference;

namespace Gptx.Generation;

/// <summary>One candidate for the token after a text.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Rank">1 for the most probable; among equals the lower id comes first.</param>
/// <param name="Id">The token's id.</param>
/// <param name="Token">The token's text.</param>
/// <param name="Logit">The model's score.</param>
/// <param name="Probability">softmax of the logits over the whole vocabulary.</param>
/// <param name="LogProbability">Its natural logarithm.</param>
/// <param name="Surprisal">Minus that: nats.</param>
/// <param name="Model">The model's name.</param>
public sealed record NextToken(
    string Text, int Index, int Rank, int Id, string Token, double Logit, double Probability, double LogProbability, double Surprisal, string Model)
{
    /// <summary>The most probable next tokens of some texts, text by text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">The texts, run as one batch.</param>
    /// <param name="top">How many candidates of each text, at least 1.</param>
    /// <param name="temperature">Logits are divided by it before the softmax; 1 is the model's own distribution, and 0 gives all probability to the first candidate.</param>
    /// <param name="firstIndex">The index of the first text.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>: top or temperature.</exception>
    public static IReadOnlyList<NextToken> Of(
        LanguageModel model, IReadOnlyList<TokenSequence> texts, int top = 10, double temperature = 1, int firstIndex = 0, CancellationToken cancellation = default)
    {
        if (top < 1)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"top {top} is not allowed: it must be at least 1");
        }

        if (!(temperature >= 0 && double.IsFinite(temperature)))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"temperature {temperature} is not allowed here: it must be a finite number, 0 or above");
        }

        var logits = model.NextLogits([.. texts.Select(text => text.Ids)], cancellation);
        return [.. texts.SelectMany((text, row) => Candidates(model, text, firstIndex + row, logits[row], top, temperature))];
    }

    private static IEnumerable<NextToken> Candidates(LanguageModel model, TokenSequence text, int index, float[] logits, int top, double temperature)
    {
        var scaled = Array.ConvertAll(logits, logit => logit / temperature);
        var largest = TensorPrimitives.Max<double>(scaled);
        var logSum = largest + Math.Log(scaled.Sum(value => Math.Exp(value - largest)));
        var ids = Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]).ThenBy(id => id).Take(top);
        return ids.Select((id, rank) =>
        {
            var logProbability = temperature > 0 ? scaled[id] - logSum : rank == 0 ? 0 : double.NegativeInfinity;
            return new NextToken(
                text.Label, index, rank + 1, id, model.TokenText(id), logits[id], Math.Exp(logProbability), logProbability, 0 - logProbability, model.Name);
        });
    }

    /// <summary>The token alone.</summary>
    public override string ToString() => Token;
}
