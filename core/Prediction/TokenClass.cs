using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Inference;

namespace Gptx.Prediction;

/// <summary>The class of a token, or of tokens that follow each other and have the same.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Position">The first of its tokens, from 0.</param>
/// <param name="Tokens">How many tokens it has.</param>
/// <param name="Word">What stands there in the text; of given ids the tokens' text.</param>
/// <param name="Start">Where that begins in the text, in UTF-16 units.</param>
/// <param name="Length">How long it is there, in UTF-16 units.</param>
/// <param name="Label">The class's name; of joined tokens without <c>B-</c> or <c>I-</c>.</param>
/// <param name="Score">Its probability; of joined tokens their mean.</param>
/// <param name="Model">The model's name.</param>
public sealed record TokenClass(
    string Text, int Index, int Position, int Tokens, string Word, int Start, int Length, string Label, double Score, string Model)
{
    private const string Outside = "O";

    /// <summary>The classes in some texts, text by text; tokens that a template put in have none.</summary>
    /// <param name="model">A model that classifies tokens, or detects replaced ones (then the classes are <c>original</c> and <c>replaced</c>).</param>
    /// <param name="texts">The texts, run as one batch.</param>
    /// <param name="join">
    /// Whether neighbours of one class are joined, and what is outside of all (<c>O</c>) left out, as transformers' simple strategy does. Without it
    /// each token has its line.
    /// </param>
    /// <param name="firstIndex">The index of the first text.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException"><c>TaskNotSupported</c>; <c>TextTooLong</c>.</exception>
    public static IReadOnlyList<TokenClass> Of(
        LanguageModel model, IReadOnlyList<TokenSequence> texts, bool join = true, int firstIndex = 0, CancellationToken cancellation = default)
    {
        model.RequireTask(ModelTask.ClassifyTokens, ModelTask.DetectReplaced);
        using var values = model.Run([.. texts.Select(text => text.Ids)], new ActivationSelection(ActivationName.Logits), cancellation);
        return [.. texts.SelectMany((text, row) =>
        {
            var each = Each(model, text, firstIndex + row, values.Row(ActivationName.Logits, row)).ToList();
            return join ? Joined(text, each) : each;
        })];
    }

    private static IEnumerable<TokenClass> Each(LanguageModel model, TokenSequence text, int index, Activation logits)
    {
        foreach (var (position, token) in text.Tokens.Index().Where(token => !(token.Item is { IsSpecial: true, Length: 0 } && text.Text is not null)))
        {
            var (label, score) = Best(model, logits[position].Values.Span);
            var word = text.Text is { } whole && token.Length > 0 ? whole.Substring(token.Start, token.Length) : token.Text;
            yield return new TokenClass(text.Label, index, position, 1, word, token.Start, token.Length, label, score, model.Name);
        }
    }

    private static (string Label, double Score) Best(LanguageModel model, ReadOnlySpan<float> logits)
    {
        if (model.MadeFor == ModelTask.DetectReplaced)
        {
            var replaced = Scores.Sigmoid(logits[0]);
            return replaced > 0.5 ? ("replaced", replaced) : ("original", 1 - replaced);
        }

        var best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits);
        return (model.Labels[best], Scores.Softmax(logits)[best]);
    }

    private static List<TokenClass> Joined(TokenSequence text, IReadOnlyList<TokenClass> each)
    {
        var groups = new List<List<TokenClass>>();
        foreach (var token in each)
        {
            var isNew = token.Label.StartsWith("B-", StringComparison.Ordinal);
            if (!isNew && groups is [.., [.., var last]] && Name(last.Label) == Name(token.Label))
            {
                groups[^1].Add(token);
            }
            else
            {
                groups.Add([token]);
            }
        }

        return [.. groups.Select(group => Join(text, group)).Where(span => span.Label != Outside)];
    }

    private static TokenClass Join(TokenSequence text, List<TokenClass> group)
    {
        var (first, last) = (group[0], group[^1]);
        var length = Math.Max(0, last.Start + last.Length - first.Start);
        var word = text.Text is { } whole ? whole.Substring(first.Start, Math.Min(length, whole.Length - first.Start)) : string.Concat(group.Select(token => token.Word));
        return first with { Tokens = group.Count, Word = word, Length = length, Label = Name(first.Label), Score = group.Average(token => token.Score) };
    }

    private static string Name(string label) => label.StartsWith("B-", StringComparison.Ordinal) || label.StartsWith("I-", StringComparison.Ordinal) ? label[2..] : label;

    /// <summary>What stands there, and its class.</summary>
    public override string ToString() => $"{Word} ({Label})";
}
