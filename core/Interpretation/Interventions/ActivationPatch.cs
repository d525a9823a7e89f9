using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>Runs one text with inner values of another.</summary>
public static class ActivationPatch
{
    /// <summary>Tokens of all rows that are run together.</summary>
    private const int MostTokens = 512;

    /// <summary>Patches each place, one at a time; places of one kind and block are rows of one batch.</summary>
    /// <param name="model">The model.</param>
    /// <param name="clean">The text whose inner values are taken over.</param>
    /// <param name="corrupted">The text that is read: as many tokens.</param>
    /// <param name="options">What is patched, and what is looked at.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException">
    /// <c>LengthsDiffer</c>: positions of the texts do not match; <c>TaskNotSupported</c>, <c>CheckpointNeeded</c>, <c>BlockOutOfRange</c>, <c>TokenIdUnknown</c>.
    /// </exception>
    public static IEnumerable<PatchEffect> Measure(
        LanguageModel model, TokenSequence clean, TokenSequence corrupted, PatchOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new PatchOptions();
        model.RequireNextToken();
        model.RequireGraph();
        TokenCheck.Ids([options.Target ?? 0, options.Against ?? 0], model.Shape);
        var blocks = ModelParts.Blocks(model, options.Blocks);
        if (clean.Count != corrupted.Count)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput,
                "LengthsDiffer",
                $"the clean text has {clean.Count} tokens and the corrupted one {corrupted.Count}: a position of one must be that of the other, so write them with as many tokens");
        }

        return Places(model, clean, corrupted, options, blocks, cancellation);
    }

    private static IEnumerable<PatchEffect> Places(
        LanguageModel model, TokenSequence clean, TokenSequence corrupted, PatchOptions options, IReadOnlyList<int> blocks, CancellationToken cancellation)
    {
        (PatchKind Kind, int Block)[] sites = [.. options.Kinds.Distinct().SelectMany(kind => blocks.Select(block => (kind, block)))];
        string[] names = [.. sites.Select(site => NameOf(site.Kind, site.Block))];

        // Each place is one of the graph in every run, so that all runs share a session.
        Intervention[] untouched = [.. names.Distinct(StringComparer.Ordinal).Select(name => Intervention.Scale(name, 1))];
        using var source = model.Run([clean.Ids], new ActivationSelection([.. names.Append(ActivationName.Logits).Distinct(StringComparer.Ordinal)]), cancellation);
        var cleanLogits = source.Row(ActivationName.Logits, 0)[clean.Count - 1].Values.ToArray();
        var corruptedLogits = LastLogits(model, [corrupted.Ids], untouched, cancellation)[0];
        var look = Look.At(options, cleanLogits, corruptedLogits);
        foreach (var ((kind, block), name) in sites.Zip(names))
        {
            var values = source.Row(name, 0);
            int[] places = [.. Enumerable.Range(0, kind == PatchKind.Head ? model.Shape.Heads : clean.Count)];
            foreach (var chunk in places.Chunk(Math.Max(1, MostTokens / clean.Count)))
            {
                Intervention[] patches = [.. chunk.Select((place, row) => Patch(name, kind, values, place, row))];
                var logits = LastLogits(model, [.. chunk.Select(_ => corrupted.Ids)], [.. untouched, .. patches], cancellation);
                foreach (var (row, place) in chunk.Index())
                {
                    yield return look.Effect(model, kind, block, place, corrupted, logits[row]);
                }
            }
        }
    }

    private static string NameOf(PatchKind kind, int block) => kind switch
    {
        PatchKind.Residual => ActivationName.ResidPre(block),
        PatchKind.Attention => ActivationName.AttentionOut(block),
        PatchKind.FeedForward => ActivationName.MlpOut(block),
        _ => ActivationName.Z(block),
    };

    private static Intervention Patch(string name, PatchKind kind, Activation values, int place, int row)
    {
        if (kind != PatchKind.Head)
        {
            return Intervention.Set(name, values[place].Values) with { Positions = [place], Row = row };
        }

        float[] ofHead = [.. Enumerable.Range(0, values.Shape[0]).SelectMany(position => values[position][place].Values.ToArray())];
        return Intervention.Set(name, ofHead) with { Head = place, Row = row, Positions = [.. Enumerable.Range(0, values.Shape[0])] };
    }

    private static float[][] LastLogits(LanguageModel model, IReadOnlyList<IReadOnlyList<int>> rows, IReadOnlyList<Intervention> interventions, CancellationToken cancellation)
    {
        using var values = model.Run(rows, new ActivationSelection(ActivationName.Logits), interventions, cancellation);
        return [.. rows.Select((ids, row) => values.Row(ActivationName.Logits, row)[ids.Count - 1].Values.ToArray())];
    }

    /// <summary>The two tokens that are looked at, and what they are without patching.</summary>
    private sealed record Look(int Target, int Against, double Clean, double Corrupted)
    {
        public static Look At(PatchOptions options, float[] clean, float[] corrupted)
        {
            var differences = clean.Select((logit, id) => logit - corrupted[id]).ToArray();
            var target = options.Target ?? Array.IndexOf(differences, differences.Max());
            var against = options.Against ?? Array.IndexOf(differences, differences.Min());
            return new Look(target, against, (double)clean[target] - clean[against], (double)corrupted[target] - corrupted[against]);
        }

        public PatchEffect Effect(LanguageModel model, PatchKind kind, int block, int place, TokenSequence corrupted, float[] logits)
        {
            var metric = (double)logits[Target] - logits[Against];
            var isHead = kind == PatchKind.Head;
            return new PatchEffect(
                kind,
                block,
                isHead ? null : place,
                isHead ? place : null,
                isHead ? null : corrupted.Tokens[place].Text,
                metric,
                Clean == Corrupted ? null : (metric - Corrupted) / (Clean - Corrupted),
                Clean,
                Corrupted,
                Target,
                model.TokenText(Target),
                Against,
                model.TokenText(Against),
                model.Name);
        }
    }
}
