using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>
/// Takes parts out of a model, one at a time, and measures what it loses. All parts are places in one session; which of them is out is in the numbers
/// it is fed, so that nothing is compiled for each.
/// </summary>
public static class Ablation
{

    /// <summary>Every head, then every feed-forward layer, of some blocks.</summary>
    /// <param name="model">The model.</param>
    /// <param name="blocks">The blocks; none means all.</param>
    /// <param name="heads">The heads of a block; none means all.</param>
    public static IReadOnlyList<AblationSite> Sites(LanguageModel model, IReadOnlyList<int>? blocks = null, IReadOnlyList<int>? heads = null)
    {
        var (inBlocks, ofHeads) = (ModelParts.Blocks(model, blocks), ModelParts.Heads(model, heads));
        return [.. inBlocks.SelectMany(block => ofHeads.Select(head => new AblationSite(block, head))), .. inBlocks.Select(block => new AblationSite(block, null))];
    }

    /// <summary>Measures parts over some texts, which are read as one batch.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="sites">The parts.</param>
    /// <param name="method">What is put in their place.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>A part at a time, in their order.</returns>
    /// <exception cref="GptxException"><c>TaskNotSupported</c>; <c>CheckpointNeeded</c>: an ONNX model.</exception>
    public static IEnumerable<AblationEffect> Measure(
        LanguageModel model,
        IReadOnlyList<TokenSequence> texts,
        IReadOnlyList<AblationSite> sites,
        AblationMethod method,
        CancellationToken cancellation = default)
    {
        model.RequireNextToken();
        model.RequireGraph();
        int[][] rows = [.. texts.Select(text => text.Ids.ToArray())];
        var means = Means(model, rows, sites, method, cancellation);

        // Every part is a place of the graph in every run; where nothing is taken out it is multiplied by 1.
        Intervention[] untouched = [.. sites.Select(site => site.Activation).Distinct(StringComparer.Ordinal).Select(name => Intervention.Scale(name, 1))];
        var logits = new ActivationSelection(ActivationName.Logits);
        using var whole = model.Run(rows, logits, untouched, cancellation);
        var measure = new LossOf(rows, whole);
        var before = measure.Of(whole).Loss;
        foreach (var site in sites)
        {
            using var changed = model.Run(rows, logits, [.. untouched, site.With(means[site])], cancellation);
            var (loss, divergence) = measure.Of(changed);
            yield return new AblationEffect(site.Block, site.Head, method, loss, before, divergence, texts.Count, measure.Count, model.Name);
        }
    }

    /// <summary>What is put in place of each part: zeros, or its mean over all rows and positions of the whole model.</summary>
    public static IReadOnlyDictionary<AblationSite, float[]> Means(
        LanguageModel model, IReadOnlyList<IReadOnlyList<int>> rows, IReadOnlyList<AblationSite> sites, AblationMethod method, CancellationToken cancellation = default)
    {
        var shape = model.Shape;
        if (method == AblationMethod.Zero || sites.Count == 0)
        {
            return sites.Distinct().ToDictionary(site => site, site => new float[site.Head is null ? shape.Width : shape.HeadWidth]);
        }

        string[] names = [.. sites.Select(site => site.Activation).Distinct(StringComparer.Ordinal)];
        using var values = model.Run(rows, new ActivationSelection(names), cancellation);
        var means = names.ToDictionary(name => name, name => Mean(values, name), StringComparer.Ordinal);
        return sites.Distinct().ToDictionary(
            site => site, site => site.Head is { } head ? means[site.Activation].AsSpan(head * shape.HeadWidth, shape.HeadWidth).ToArray() : means[site.Activation]);
    }

    private static float[] Mean(ActivationCache values, string name)
    {
        double[] sum = [];
        var count = 0;
        for (var row = 0; row < values.Lengths.Count; row++)
        {
            var all = values.Row(name, row);
            for (var position = 0; position < all.Shape[0]; position++, count++)
            {
                var vector = all[position].Values.Span;
                sum = sum.Length == 0 ? new double[vector.Length] : sum;
                for (var index = 0; index < sum.Length; index++)
                {
                    sum[index] += vector[index];
                }
            }
        }

        return Array.ConvertAll(sum, number => (float)(number / count));
    }
}
