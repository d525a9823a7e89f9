using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>Finds what a logit is the sum of.</summary>
public static class LogitAttributor
{
    /// <summary>The parts of one logit, or of the difference of two, of one text.</summary>
    /// <exception cref="GptxException">
    /// <c>TaskNotSupported</c>; <c>AttributionNotSupported</c>: the model's residual stream is no sum; <c>CheckpointNeeded</c>: an ONNX model;
    /// <c>PositionOutOfRange</c>, <c>TokenIdUnknown</c>.
    /// </exception>
    public static LogitAttribution Of(
        LanguageModel model, TokenSequence text, AttributionOptions? options = null, int index = 0, CancellationToken cancellation = default)
    {
        options ??= new AttributionOptions();
        model.RequireNextToken();
        var stream = ResidualStream.Of(model);
        var attention = AttentionPaths(model);
        var position = TokenPosition.Of(text, options.Position);
        string[] names = [.. stream.Parts.Select(part => part.Name), .. attention.Keys.Select(ActivationName.Z), stream.Last.Name, ActivationName.Logits];
        using var values = model.Run([text.Ids], new ActivationSelection([.. names.Distinct(StringComparer.Ordinal)]), cancellation);
        ReadOnlyMemory<float> At(string name) => values.Row(name, 0)[position].Values;

        var logits = At(ActivationName.Logits).Span;
        var (target, against) = Tokens(options, logits, model);
        var direction = new double[logits.Length];
        direction[target] += 1;
        if (against is { } other)
        {
            direction[other] -= 1;
        }

        var weights = new WeightReader(model);
        var back = stream.ToLogits.PullBack(direction, Doubles(At(stream.Last.Name)), weights);
        var parts = new List<LogitPart>();
        foreach (var part in stream.Parts)
        {
            var block = ActivationName.BlockOf(part.Name);
            parts.Add(new LogitPart(KindOf(part.Name), block, null, back.Of(At(part.Name).Span)));
            if (block is { } number && part.Name == ActivationName.AttentionOut(number) && attention.TryGetValue(number, out var path))
            {
                parts.AddRange(Heads(model, number, path, back.Direction, At(ActivationName.Z(number)), weights));
            }
        }

        parts.Add(new LogitPart(LogitPartKind.NormBias, null, null, back.NormBias));
        parts.Add(new LogitPart(LogitPartKind.UnembeddingBias, null, null, back.MatrixBias));
        return new LogitAttribution(
            text.Label,
            index,
            position,
            target,
            model.TokenText(target),
            against,
            against is { } id ? model.TokenText(id) : null,
            Uncapped(logits[target], stream.ToLogits.Cap) - (against is { } subtracted ? Uncapped(logits[subtracted], stream.ToLogits.Cap) : 0),
            back.Scales.Count > 0 ? back.Scales[0] : null,
            stream.ToLogits.Cap,
            parts,
            model.Name);
    }

    private static (int Target, int? Against) Tokens(AttributionOptions options, ReadOnlySpan<float> logits, LanguageModel model)
    {
        TokenCheck.Ids([options.Target ?? 0, options.Against ?? 0], model.Shape);
        var best = LogitOrder.Top(logits, 2);
        return (options.Target, options.Against) switch
        {
            ({ } target, var against) => (target, against),
            (null, { } against) => (best[0] == against && best.Count > 1 ? best[1] : best[0], against),
            _ => (best[0], best.Count > 1 ? best[1] : null),
        };
    }

    /// <summary>The way from what heads gather to what attention adds, by block, where it is one that can be split by head.</summary>
    private static SortedDictionary<int, LinearPath> AttentionPaths(LanguageModel model)
    {
        var graph = model.RequireGraph();
        var paths = new SortedDictionary<int, LinearPath>();
        for (var block = 0; block < model.Shape.Blocks; block++)
        {
            if (graph.Find(ActivationName.Z(block)) is { } z && graph.Find(ActivationName.AttentionOut(block)) is { } added && LinearPath.Between(z.Value, added.Value) is { } path)
            {
                paths.Add(block, path);
            }
        }

        return paths;
    }

    /// <summary>A norm behind attention (Gemma 2, OLMo 2) is held at its scale for all heads together, as the final norm is.</summary>
    private static IEnumerable<LogitPart> Heads(LanguageModel model, int block, LinearPath path, double[] direction, ReadOnlyMemory<float> z, WeightReader weights)
    {
        var back = path.PullBack(direction, Doubles(z), weights);
        var width = model.Shape.HeadWidth;
        for (var head = 0; head < model.Shape.Heads; head++)
        {
            yield return new LogitPart(LogitPartKind.Head, block, head, back.Of(z.Span.Slice(head * width, width), head * width));
        }

        yield return new LogitPart(LogitPartKind.AttentionBias, block, null, back.NormBias + back.MatrixBias);
    }

    private static LogitPartKind KindOf(string name) => name switch
    {
        ActivationName.PositionEmbed => LogitPartKind.PositionEmbedding,
        _ when name.EndsWith(".attn_out", StringComparison.Ordinal) => LogitPartKind.Attention,
        _ when name.EndsWith(".mlp_out", StringComparison.Ordinal) => LogitPartKind.FeedForward,
        _ => LogitPartKind.Embedding,
    };

    private static double Uncapped(float logit, float? cap) => cap is { } most ? most * Math.Atanh((double)logit / most) : logit;

    private static double[] Doubles(ReadOnlyMemory<float> values) => [.. values.ToArray().Select(value => (double)value)];
}
