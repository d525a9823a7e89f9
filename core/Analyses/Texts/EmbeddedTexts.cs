using System.IO.Hashing;
using System.Runtime.InteropServices;
using Gptx.Embeddings;
using Gptx.Inference;
using Gptx.Jobs;

namespace Gptx.Analyses;

/// <summary>
/// Texts as rows with vectors: embedded as they come, those of like length together, and a text that comes again soon only once. Rows that cannot be embedded are
/// reported and left out.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">How texts are embedded.</param>
/// <param name="texts">The texts.</param>
public sealed class EmbeddedTexts(LanguageModel model, TextEmbeddingOptions options, IEnumerable<AnalysedText> texts) : IVectorRows
{
    private const int RowsAtATime = 512;
    private const int MostRemembered = 8192;
    private const int BatchTokens = 4096;

    private readonly Dictionary<UInt128, float[]> _remembered = [];

    /// <summary>What messages call them.</summary>
    public string Name { get; init; } = "the texts";

    /// <summary>Whether texts that are too long are cut, in place of a fault.</summary>
    public bool Truncate { get; init; }

    /// <summary>The most texts that are embedded together. Default 8, as in jobs.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Takes rows that cannot be embedded; null throws what is wrong with the first.</summary>
    public Action<TextFault>? OnFault { get; init; }

    /// <inheritdoc/>
    public VectorOrigin Origin => VectorOrigin.Unknown with { Model = model.Name };

    /// <inheritdoc/>
    public IEnumerable<VectorBlock> Blocks(CancellationToken cancellation)
    {
        var block = new BlockBuilder(Name);
        foreach (var rows in texts.Chunk(RowsAtATime))
        {
            var vectors = Embed(rows, cancellation);
            foreach (var (row, vector) in rows.Zip(vectors))
            {
                if (vector is null)
                {
                    continue;
                }

                block.Add(row.Label with { Text = row.Shown }, vector);
                if (block.IsFull)
                {
                    yield return block.Take(row.Share);
                }
            }

            if (block.Count > 0)
            {
                yield return block.Take(rows[^1].Share);
            }
        }
    }

    // The vectors of some rows, in their order; null where there is a fault.
    private float[]?[] Embed(AnalysedText[] rows, CancellationToken cancellation)
    {
        if (_remembered.Count + rows.Length > MostRemembered)
        {
            _remembered.Clear();
        }

        var vectors = new float[]?[rows.Length];
        var (tokens, hashes) = (new TokenSequence?[rows.Length], new UInt128[rows.Length]);
        var wanted = new Dictionary<UInt128, int>();
        for (var row = 0; row < rows.Length; row++)
        {
            if (Guarded(rows[row], () => tokens[row] = rows[row].Tokens(model, Truncate)))
            {
                hashes[row] = XxHash128.HashToUInt128(MemoryMarshal.AsBytes<int>(tokens[row]!.Ids.ToArray()));
                if (!_remembered.ContainsKey(hashes[row]))
                {
                    wanted.TryAdd(hashes[row], row);
                }
            }
        }

        int[] places = [.. wanted.Values];
        foreach (var batch in TokenBatches.Of([.. places.Select(place => tokens[place]!.Count)], BatchSize, BatchTokens))
        {
            cancellation.ThrowIfCancellationRequested();
            Embed([.. batch.Select(place => places[place])], rows, tokens, hashes, cancellation);
        }

        for (var row = 0; row < rows.Length; row++)
        {
            vectors[row] = tokens[row] is null ? null : _remembered.GetValueOrDefault(hashes[row]);
        }

        return vectors;
    }

    // Where a batch has a fault, each of its texts is tried alone.
    private void Embed(int[] batch, AnalysedText[] rows, TokenSequence?[] tokens, UInt128[] hashes, CancellationToken cancellation)
    {
        try
        {
            foreach (var (row, vector) in batch.Zip(TextEmbedder.Embed(model, [.. batch.Select(row => tokens[row]!)], options, 0, cancellation)))
            {
                _remembered[hashes[row]] = vector.Vector;
            }
        }
        catch (GptxException error) when (error.Kind == GptxErrorKind.InvalidInput && batch.Length > 1)
        {
            Array.ForEach(batch, row => Embed([row], rows, tokens, hashes, cancellation));
        }
        catch (GptxException error) when (error.Kind == GptxErrorKind.InvalidInput)
        {
            foreach (var row in Enumerable.Range(0, rows.Length).Where(row => tokens[row] is not null && hashes[row] == hashes[batch[0]]))
            {
                Report(rows[row], error);
            }
        }
    }

    private bool Guarded(AnalysedText row, Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (GptxException error) when (error.Kind == GptxErrorKind.InvalidInput)
        {
            Report(row, error);
            return false;
        }
    }

    private void Report(AnalysedText row, GptxException error) => (OnFault ?? (_ => throw error))(new TextFault(row, error));
}
