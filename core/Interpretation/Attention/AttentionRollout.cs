using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>
/// How each position draws on the tokens of a text through all blocks up to one: attention multiplied from block to block, half of it on its way
/// round each layer (Abnar and Zuidema 2020). With A_l = (mean over heads of the pattern + I) / 2, rows scaled to sum 1, it is A_l ... A_1 A_0.
/// </summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Block">The last block that is in it, from 0.</param>
/// <param name="Tokens">The texts of the tokens.</param>
/// <param name="Pattern">[query][input]; each row sums to 1.</param>
/// <param name="Model">The model's name.</param>
public sealed record AttentionRollout(string Text, int Index, int Block, IReadOnlyList<string> Tokens, float[][] Pattern, string Model)
{
    /// <summary>How far it goes, and the text.</summary>
    public override string ToString() => $"rollout to block {Block}: {Text}";

    /// <summary>The rollout of one text up to each of some blocks.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">The text.</param>
    /// <param name="blocks">The last blocks; none means the last of the model.</param>
    /// <param name="index">Which text of the input.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException"><c>BlockOutOfRange</c>; <c>ActivationNotInGraph</c>.</exception>
    public static IReadOnlyList<AttentionRollout> Of(
        LanguageModel model, TokenSequence text, IReadOnlyList<int>? blocks = null, int index = 0, CancellationToken cancellation = default)
    {
        blocks = blocks is null or [] ? [model.Shape.Blocks - 1] : [.. blocks.Distinct()];
        ModelParts.CheckBlocks(model, blocks);
        string[] tokens = [.. text.Tokens.Select(token => token.Text)];
        var length = text.Count;
        double[] rollout = [];
        var results = new List<AttentionRollout>();
        foreach (var (block, patterns) in BlockPatterns.Of(model, text, cancellation).Index())
        {
            var mixed = Mixed(patterns.Values.Span, patterns.Shape[0], length);
            rollout = rollout.Length == 0 ? mixed : Product(mixed, rollout, length);
            if (blocks.Contains(block))
            {
                float[][] rows = [.. Enumerable.Range(0, length).Select(query => rollout.Skip(query * length).Take(length).Select(value => (float)value).ToArray())];
                results.Add(new AttentionRollout(text.Label, index, block, tokens, rows, model.Name));
            }
        }

        return results;
    }

    private static double[] Mixed(ReadOnlySpan<float> patterns, int heads, int length)
    {
        var mixed = new double[length * length];
        for (var cell = 0; cell < patterns.Length; cell++)
        {
            mixed[cell % mixed.Length] += 0.5 * patterns[cell] / heads;
        }

        for (var query = 0; query < length; query++)
        {
            mixed[(query * length) + query] += 0.5;
            var row = mixed.AsSpan(query * length, length);
            System.Numerics.Tensors.TensorPrimitives.Divide(row, System.Numerics.Tensors.TensorPrimitives.Sum<double>(row), row);
        }

        return mixed;
    }

    private static double[] Product(double[] left, double[] right, int length)
    {
        var product = new double[left.Length];
        for (var row = 0; row < length; row++)
        {
            var sum = product.AsSpan(row * length, length);
            for (var inner = 0; inner < length; inner++)
            {
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(right.AsSpan(inner * length, length), left[(row * length) + inner], sum, sum);
            }
        }

        return product;
    }
}
