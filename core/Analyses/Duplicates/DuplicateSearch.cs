using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Gptx.Analyses;

/// <summary>
/// Finds duplicates: rows with the same text, and rows whose vectors have at least a cosine; duplicates of duplicates belong together (connected components). Every pair is looked at, so the
/// answer is exact.
/// </summary>
public static class DuplicateSearch
{
    /// <summary>Exact and near duplicates of rows with vectors.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="options">What counts as one.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>; what reading the rows says; <c>OutputNotWritable</c> where they do not fit into memory nor on the disk.</exception>
    public static Duplicates Of(IVectorRows rows, DuplicateOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        var (sets, same) = (new DisjointSets(), new SameRows());
        var compared = new List<int>();
        var kept = KeptRows.Of(
            rows,
            options.MaxMemory,
            (number, label, vector) =>
            {
                sets.Add();
                same.Join(sets, number, label.Text);
                if (same.IsNewVector(sets, number, vector))
                {
                    compared.Add(number);
                }
            },
            progress,
            cancellation);
        try
        {
            if (kept.Count > 0)
            {
                new NearPairs(kept.Table, [.. compared], options, sets).Join(progress, cancellation);
            }

            return new Duplicates(sets, kept.Label, kept.Count == 0 ? null : kept.Table, kept);
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }

    /// <summary>Rows with the same text; no model is needed.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="options">How much memory they may take.</param>
    /// <param name="onFault">Takes rows that cannot be read; null throws what is wrong with the first.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>; what reading the rows says.</exception>
    public static Duplicates OfTexts(
        IEnumerable<AnalysedText> texts, DuplicateOptions options, Action<TextFault>? onFault = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        var (sets, same, labels) = (new DisjointSets(), new SameRows(), new KeptLabels(options.MaxMemory));
        try
        {
            foreach (var text in texts)
            {
                cancellation.ThrowIfCancellationRequested();
                if (text.Fault is { } fault)
                {
                    (onFault ?? (_ => throw fault))(new TextFault(text, fault));
                    continue;
                }

                sets.Add();
                same.Join(sets, labels.Count, text.Shown);
                labels.Add(text.Label with { Text = text.Shown });
                progress?.Report(WorkShare.Of($"reading, {labels.Count} rows", text.Share));
            }

            return new Duplicates(sets, labels.Of, null, labels);
        }
        catch
        {
            labels.Dispose();
            throw;
        }
    }

    /// <summary>What was seen before: texts and vectors, by hashes of 128 bits.</summary>
    private sealed class SameRows
    {
        private readonly Dictionary<UInt128, int> _texts = [];
        private readonly Dictionary<UInt128, int> _vectors = [];

        public void Join(DisjointSets sets, int row, string? text)
        {
            if (text is not null)
            {
                ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_texts, XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text.AsSpan())), out var isThere);
                first = isThere ? first : row;
                sets.Join(first, row);
            }
        }

        // Equal vectors have a cosine of 1, unless they are zero, and need be compared with others only once.
        public bool IsNewVector(DisjointSets sets, int row, ReadOnlySpan<float> vector)
        {
            if (!vector.ContainsAnyExcept(0f))
            {
                return false;
            }

            ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_vectors, XxHash128.HashToUInt128(MemoryMarshal.AsBytes(vector)), out var isThere);
            first = isThere ? first : row;
            sets.Join(first, row);
            return !isThere;
        }
    }
}
