using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>
/// One head at work, step by step, with the model's own numbers: queries and keys, their products, scores (scaled, bent where the model caps them, and
/// masked), their softmax, and the sum of values that it weighs. T tokens, d head width.
/// </summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Block">Which block, from 0.</param>
/// <param name="Head">Which head of the block, from 0.</param>
/// <param name="KeyValueHead">The head of keys and values that it reads: several heads may share one.</param>
/// <param name="Tokens">The texts of the tokens.</param>
/// <param name="Scale">What products are multiplied by: 1 / sqrt(d) as a rule.</param>
/// <param name="SoftCap">What scores are bent to stay below; null where they are not.</param>
/// <param name="Window">How many keys a query sees at most, its own counted; null where it sees all.</param>
/// <param name="IsRotated">Whether queries and keys were turned by their positions; they are given as they are then.</param>
/// <param name="Queries">[T][d].</param>
/// <param name="Keys">[T][d].</param>
/// <param name="Values">[T][d].</param>
/// <param name="Products">Query times key, [query][key], masked ones too.</param>
/// <param name="Scores">What goes into the softmax, [query][key]; minus infinity where a query must not look.</param>
/// <param name="Pattern">The softmax of each row, [query][key].</param>
/// <param name="Z">What the head gathers, Σ pattern times value, [T][d].</param>
/// <param name="Model">The model's name.</param>
public sealed record AttentionExplanation(
    string Text,
    int Index,
    int Block,
    int Head,
    int KeyValueHead,
    IReadOnlyList<string> Tokens,
    double Scale,
    double? SoftCap,
    int? Window,
    bool IsRotated,
    float[][] Queries,
    float[][] Keys,
    float[][] Values,
    float[][] Products,
    float[][] Scores,
    float[][] Pattern,
    float[][] Z,
    string Model)
{
    /// <summary>Which head, and the text.</summary>
    public override string ToString() => $"block {Block}, head {Head}: {Text}";

    /// <summary>Explains one head over one text.</summary>
    /// <exception cref="GptxException"><c>BlockOutOfRange</c>, <c>HeadOutOfRange</c>; <c>CheckpointNeeded</c>: an ONNX model.</exception>
    public static AttentionExplanation Of(
        LanguageModel model, TokenSequence text, int block, int head, int index = 0, CancellationToken cancellation = default)
    {
        ModelParts.CheckBlocks(model, [block]);
        _ = ModelParts.Heads(model, [head]);
        var graph = model.RequireGraph();
        var shape = graph.Attentions[block].Shape;
        var name = $"blocks.{block}.attn";
        var isRotated = graph.Find($"{name}.rot_q") is not null;
        var (q, k) = isRotated ? ($"{name}.rot_q", $"{name}.rot_k") : ($"{name}.q", $"{name}.k");
        var group = head * shape.KeyValueHeads / shape.Heads;
        using var values = model.Run([text.Ids], new ActivationSelection(q, k, $"{name}.v", $"{name}.scores", $"{name}.pattern", $"{name}.z"), cancellation);
        float[][] OfHead(string activation, int which) => [.. Rows(values.Row(activation, 0)).Select(position => position[which].Values.ToArray())];
        float[][] ByQuery(string activation) => [.. Rows(values.Row(activation, 0)[head]).Select(query => query.Values.ToArray())];
        var (queries, keys) = (OfHead(q, head), OfHead(k, group));
        return new AttentionExplanation(
            text.Label,
            index,
            block,
            head,
            group,
            [.. text.Tokens.Select(token => token.Text)],
            shape.Scale,
            shape.SoftCap,
            shape.Window,
            isRotated,
            queries,
            keys,
            OfHead($"{name}.v", group),
            [.. queries.Select(query => keys.Select(key => (float)query.Zip(key, (left, right) => (double)left * right).Sum()).ToArray())],
            ByQuery($"{name}.scores"),
            ByQuery($"{name}.pattern"),
            OfHead($"{name}.z", head),
            model.Name);
    }

    private static IEnumerable<Activation> Rows(Activation values) => Enumerable.Range(0, values.Shape[0]).Select(row => values[row]);
}
