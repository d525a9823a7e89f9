using Gptx.Activations;

namespace Gptx.Inference;

/// <summary>An inner value of the forward pass over one text.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Name">The activation's name, for example <c>blocks.0.attn.pattern</c>.</param>
/// <param name="Shape">Its dimensions without the batch and without padding, outermost first.</param>
/// <param name="Values">Its numbers, row-major.</param>
/// <param name="Model">The model's name.</param>
public sealed record TextActivation(string Text, int Index, string Name, IReadOnlyList<int> Shape, float[] Values, string Model)
{
    /// <summary>The texts of the text's tokens: what the positions are.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>The mean of the finite values; scores of masked positions are minus infinity.</summary>
    public double Mean => Finite.Select(value => (double)value).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The standard deviation of the finite values, over all of them.</summary>
    public double StandardDeviation
    {
        get
        {
            var mean = Mean;
            return Math.Sqrt(Finite.Select(value => (value - mean) * (value - mean)).DefaultIfEmpty(double.NaN).Average());
        }
    }

    /// <summary>The smallest finite value.</summary>
    public float Min => Finite.DefaultIfEmpty(float.NaN).Min();

    /// <summary>The largest finite value.</summary>
    public float Max => Finite.DefaultIfEmpty(float.NaN).Max();

    private IEnumerable<float> Finite => Values.Where(float.IsFinite);

    /// <summary>Activations of some texts: text by text, and within a text in the order asked for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">The texts, run as one batch.</param>
    /// <param name="selection">Names or patterns.</param>
    /// <param name="firstIndex">The index of the first text.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException"><c>ActivationNotFound</c>; <c>TextTooLong</c>.</exception>
    public static IReadOnlyList<TextActivation> Of(
        LanguageModel model, IReadOnlyList<TokenSequence> texts, ActivationSelection selection, int firstIndex = 0, CancellationToken cancellation = default)
    {
        using var values = model.Run([.. texts.Select(text => text.Ids)], selection, cancellation);
        string[][] tokens = [.. texts.Select(text => (string[])[.. text.Tokens.Select(token => token.Text)])];
        return [.. texts.SelectMany((text, row) => values.Names.Select(name =>
        {
            var activation = values.Row(name, row);
            return new TextActivation(text.Label, firstIndex + row, name, activation.Shape, activation.Values.ToArray(), model.Name) { Tokens = tokens[row] };
        }))];
    }

    /// <summary>Name and shape.</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
