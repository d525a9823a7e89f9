using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>The attention patterns of one text, block by block; of a long text not all at a time, since they grow with the square of its length.</summary>
internal static class BlockPatterns
{
    /// <summary>Numbers that are held at a time: 256 MiB.</summary>
    private const long MostNumbers = 64L << 20;

    /// <summary>[head, query, key] of each block; valid until the next is asked for.</summary>
    public static IEnumerable<Activation> Of(LanguageModel model, TokenSequence text, CancellationToken cancellation)
    {
        var together = (int)Math.Clamp(MostNumbers / ((long)model.Shape.Heads * text.Count * text.Count), 1, model.Shape.Blocks);
        foreach (var blocks in Enumerable.Range(0, model.Shape.Blocks).Chunk(together))
        {
            using var values = model.Run([text.Ids], new ActivationSelection([.. blocks.Select(ActivationName.Pattern)]), cancellation);
            foreach (var block in blocks)
            {
                yield return values.Row(ActivationName.Pattern(block), 0);
            }
        }
    }
}
