using Gptx.Activations;

namespace Gptx.Inference;

/// <summary>What one head looks at: for each token the share of its attention that goes to each token.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Block">Which block, from 0.</param>
/// <param name="Head">Which head of the block, from 0.</param>
/// <param name="Tokens">The texts of the tokens.</param>
/// <param name="Pattern">The attention pattern, [query][key]; each row sums to 1.</param>
/// <param name="Model">The model's name.</param>
public sealed record AttentionMap(string Text, int Index, int Block, int Head, IReadOnlyList<string> Tokens, float[][] Pattern, string Model)
{
    /// <summary>The attention maps of some texts: text by text, block by block, head by head.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">The texts, run as one batch.</param>
    /// <param name="blocks">The blocks wanted; none means all.</param>
    /// <param name="heads">The heads wanted; none means all.</param>
    /// <param name="firstIndex">The index of the first text.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException"><c>BlockOutOfRange</c>, <c>HeadOutOfRange</c>.</exception>
    public static IReadOnlyList<AttentionMap> Of(
        LanguageModel model,
        IReadOnlyList<TokenSequence> texts,
        IReadOnlyList<int>? blocks = null,
        IReadOnlyList<int>? heads = null,
        int firstIndex = 0,
        CancellationToken cancellation = default)
    {
        blocks = ModelParts.Blocks(model, blocks);
        heads = ModelParts.Heads(model, heads);
        using var values = model.Run(
            [.. texts.Select(text => text.Ids)], new ActivationSelection([.. blocks.Select(ActivationName.Pattern)]), cancellation);
        var maps = new List<AttentionMap>();
        for (var text = 0; text < texts.Count; text++)
        {
            string[] tokens = [.. texts[text].Tokens.Select(token => token.Text)];
            foreach (var block in blocks)
            {
                var byHead = values.Row(ActivationName.Pattern(block), text);
                maps.AddRange(heads.Select(head => new AttentionMap(
                    texts[text].Label, firstIndex + text, block, head, tokens, ToRows(byHead[head]), model.Name)));
            }
        }

        return maps;
    }

    private static float[][] ToRows(Activation pattern) => [.. Enumerable.Range(0, pattern.Shape[0]).Select(query => pattern[query].Values.ToArray())];

    /// <summary>Of what it is.</summary>
    public override string ToString() => $"block {Block}, head {Head}: {Text}";
}
