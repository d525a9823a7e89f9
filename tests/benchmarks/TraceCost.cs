using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Benchmarks;

/// <summary>What it costs to look at everything: a forward pass with every activation handed out, over one with the logits alone.</summary>
public static class TraceCost
{
    /// <summary>GPT-2 124M over 128 and 512 tokens, and the embedded model over 128.</summary>
    public static IEnumerable<Measurement> Measure()
    {
        using var large = LanguageModel.Load(RandomGpt2.Folder(ElementType.Float32));
        using var small = LanguageModel.Load();
        foreach (var (model, name, length) in new[] { (large, "GPT-2 124M", 128), (large, "GPT-2 124M", 512), (small, "embedded model", 128) })
        {
            int[] ids = [.. Enumerable.Range(0, length)];
            void Run(ActivationSelection selection) => model.Run([ids], selection).Dispose();
            var plain = Measurement.MedianSeconds(7, () => Run(new ActivationSelection(ActivationName.Logits)));
            var traced = Measurement.MedianSeconds(7, () => Run(ActivationSelection.All));
            yield return new Measurement($"{name}, {length} tokens: forward pass, logits alone", plain * 1000, "ms");
            yield return new Measurement($"{name}, {length} tokens: every activation over logits alone (goal 1.15)", traced / plain, "x");
        }
    }
}
