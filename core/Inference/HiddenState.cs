using Gptx.Activations;

namespace Gptx.Inference;

/// <summary>The vector of one token between two blocks.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Layer">Which hidden state, as transformers counts: 0 the embeddings, n after the final norm.</param>
/// <param name="Position">Which token of the text, from 0.</param>
/// <param name="Token">The token's text.</param>
/// <param name="Id">The token's id.</param>
/// <param name="Vector">The hidden state, as wide as the model.</param>
/// <param name="Model">The model's name.</param>
public sealed record HiddenState(string Text, int Index, int Layer, int Position, string Token, int Id, float[] Vector, string Model)
{
    /// <summary>The hidden states of every token of some texts, text by text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">The texts, run as one batch.</param>
    /// <param name="layer">Which hidden state; negative counts from the end.</param>
    /// <param name="firstIndex">The index of the first text.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static IReadOnlyList<HiddenState> Of(
        LanguageModel model, IReadOnlyList<TokenSequence> texts, int layer = -1, int firstIndex = 0, CancellationToken cancellation = default)
    {
        var resolved = model.ResolveLayer(layer);
        var name = ActivationName.HiddenState(resolved, model.Shape.Blocks);
        using var values = model.Run([.. texts.Select(text => text.Ids)], new ActivationSelection(name), cancellation);
        var states = new List<HiddenState>();
        for (var text = 0; text < texts.Count; text++)
        {
            var byPosition = values.Row(name, text);
            foreach (var (position, token) in texts[text].Tokens.Index())
            {
                states.Add(new HiddenState(
                    texts[text].Label, firstIndex + text, resolved, position, token.Text, token.Id, byPosition[position].Values.ToArray(), model.Name));
            }
        }

        return states;
    }

    /// <summary>Of what it is.</summary>
    public override string ToString() => $"{Token} at layer {Layer}";
}
