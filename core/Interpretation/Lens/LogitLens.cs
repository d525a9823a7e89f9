using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>Reads the residual stream at each block with the model's own last steps.</summary>
public static class LogitLens
{
    /// <summary>Numbers of logits that are looked at together: 64 MiB.</summary>
    private const int MostLogits = 16 << 20;

    /// <summary>The lens at some layers and positions of one text: layer by layer, position by position.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">The text.</param>
    /// <param name="layers">Layers, 0 the embeddings, negative ones from the end; none means all.</param>
    /// <param name="positions">Positions, negative ones from the end; none means all.</param>
    /// <param name="top">How many tokens of each distribution.</param>
    /// <param name="index">Which text of the input.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException">
    /// <c>TaskNotSupported</c>; <c>LayerOutOfRange</c>, <c>PositionOutOfRange</c>, <c>OptionOutOfRange</c>; <c>CheckpointNeeded</c>: an ONNX model.
    /// </exception>
    public static IReadOnlyList<LensReading> Of(
        LanguageModel model,
        TokenSequence text,
        IReadOnlyList<int>? layers = null,
        IReadOnlyList<int>? positions = null,
        int top = 5,
        int index = 0,
        CancellationToken cancellation = default)
    {
        model.RequireNextToken();
        Check(top, model.Shape.VocabularySize);
        var hasNorm = ResidualStream.ToLogitsOf(model)?.HasNorm ?? false;
        var blocks = model.Shape.Blocks;
        int[] at = layers is null or [] ? [.. Enumerable.Range(0, blocks + 1)] : [.. layers.Select(model.ResolveLayer).Distinct()];
        int[] where = positions is null or [] ? [.. Enumerable.Range(0, text.Count)] : [.. positions.Select(position => TokenPosition.Of(text, position)).Distinct()];
        string[] names = [.. at.Append(blocks).Select(Name).Distinct(StringComparer.Ordinal)];
        using var values = model.Run([text.Ids], new ActivationSelection(names), cancellation);
        var residuals = names.ToDictionary(name => name, name => values.Row(name, 0), StringComparer.Ordinal);
        var readings = new List<LensReading>();
        foreach (var chunk in where.Chunk(Math.Max(1, MostLogits / model.Shape.VocabularySize)))
        {
            var final = Logits(model, residuals[Name(blocks)], chunk, cancellation);
            double[][] last = [.. chunk.Select((_, row) => LogitOrder.LogProbabilities(final[row].Span))];
            foreach (var layer in at)
            {
                var logits = layer == blocks ? final : Logits(model, residuals[Name(layer)], chunk, cancellation);
                readings.AddRange(chunk.Select((position, row) => Read(
                    model, text, new Place(index, layer, Name(layer), position, hasNorm), logits[row].Span, last[row], top)));
            }
        }

        return [.. readings.OrderBy(reading => Array.IndexOf(at, reading.Layer)).ThenBy(reading => Array.IndexOf(where, reading.Position))];
    }

    private static string Name(int layer) => layer == 0 ? ActivationName.ResidPre(0) : ActivationName.ResidPost(layer - 1);

    /// <summary>What the rest of the model after its last block makes of some rows.</summary>
    private static ReadOnlyMemory<float>[] Logits(LanguageModel model, Activation residual, int[] positions, CancellationToken cancellation)
    {
        float[] rows = [.. positions.SelectMany(position => residual[position].Values.ToArray())];
        using var values = model.RunFrom(Name(model.Shape.Blocks), rows, new ActivationSelection(ActivationName.Logits), cancellation);
        var logits = values.Row(ActivationName.Logits, 0);
        return [.. Enumerable.Range(0, positions.Length).Select(row => (ReadOnlyMemory<float>)logits[row].Values.ToArray())];
    }

    private static LensReading Read(LanguageModel model, TokenSequence text, Place place, ReadOnlySpan<float> logits, double[] final, int top)
    {
        var distribution = LogitOrder.LogProbabilities(logits);
        int? next = place.Position + 1 < text.Count ? text.Ids[place.Position + 1] : null;
        return new LensReading(
            text.Label,
            place.Index,
            place.Layer,
            place.Layer == 0 ? null : place.Layer - 1,
            place.Name,
            place.Position,
            text.Tokens[place.Position].Text,
            text.Ids[place.Position],
            [.. LogitOrder.Top(logits, top).Select((id, rank) => new LensToken(rank + 1, id, model.TokenText(id), Math.Exp(distribution[id])))],
            LogitOrder.Entropy(distribution),
            LogitOrder.Divergence(final, distribution),
            LogitOrder.Divergence(distribution, final),
            next,
            next is { } id ? model.TokenText(id) : null,
            next is { } rankOf ? LogitOrder.RankOf(logits, rankOf) : null,
            next is { } scored ? distribution[scored] : null,
            place.HasNorm,
            model.Name);
    }

    private static void Check(int top, int vocabulary)
    {
        if (top < 1 || top > vocabulary)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"top {top} is not allowed: it must be from 1 to {vocabulary}");
        }
    }

    private sealed record Place(int Index, int Layer, string Name, int Position, bool HasNorm);
}
