namespace Gptx.Inference;

/// <summary>Checks of the blocks and heads that somebody names.</summary>
internal static class ModelParts
{
    /// <summary>Blocks that the model has; none means all.</summary>
    /// <exception cref="GptxException"><c>BlockOutOfRange</c>.</exception>
    public static IReadOnlyList<int> Blocks(LanguageModel model, IReadOnlyList<int>? blocks)
    {
        CheckBlocks(model, blocks ?? []);
        return blocks is null or [] ? [.. Enumerable.Range(0, model.Shape.Blocks)] : [.. blocks.Distinct()];
    }

    /// <summary>Heads that the model has; none means all.</summary>
    /// <exception cref="GptxException"><c>HeadOutOfRange</c>.</exception>
    public static IReadOnlyList<int> Heads(LanguageModel model, IReadOnlyList<int>? heads)
    {
        Check(heads ?? [], model.Shape.Heads, "HeadOutOfRange", "head");
        return heads is null or [] ? [.. Enumerable.Range(0, model.Shape.Heads)] : [.. heads.Distinct()];
    }

    /// <summary>Refuses blocks that the model has not.</summary>
    public static void CheckBlocks(LanguageModel model, IReadOnlyList<int> blocks) => Check(blocks, model.Shape.Blocks, "BlockOutOfRange", "block");

    private static void Check(IReadOnlyList<int> numbers, int count, string errorId, string what)
    {
        foreach (var number in numbers)
        {
            if (number < 0 || number >= count)
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, errorId, $"{what} {number} does not exist: the model has {what}s 0 to {count - 1}");
            }
        }
    }
}
