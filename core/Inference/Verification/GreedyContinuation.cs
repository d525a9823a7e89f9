using System.Numerics.Tensors;

namespace Gptx.Inference.Verification;

/// <summary>The most probable next token, again and again; the end of the text does not stop it.</summary>
internal static class GreedyContinuation
{
    /// <summary>The prompt and <paramref name="count"/> more tokens.</summary>
    public static IReadOnlyList<int> Of(LanguageModel model, IReadOnlyList<int> prompt, int count, CancellationToken cancellation)
    {
        TokenCheck.Row(prompt, model.Shape);
        var ids = prompt.ToList();
        using var cache = model.CreateCache(1, Math.Min(prompt.Count + count, model.Shape.TokenLimit));
        var next = TensorPrimitives.IndexOfMax(cache.Prefill([prompt], cancellation));
        for (var step = 0; step < count; step++)
        {
            ids.Add(next);
            if (step + 1 < count && ids.Count <= cache.Capacity)
            {
                next = TensorPrimitives.IndexOfMax(cache.Step([next], cancellation));
            }
        }

        return ids;
    }
}
