using Gptx.Embeddings;

namespace Gptx.Analyses;

/// <summary>The duplicates among rows; groups are read as they are asked for, since rows may lie in a temporary file until this is disposed.</summary>
public sealed class Duplicates : IDisposable
{
    private readonly DisjointSets _sets;
    private readonly Func<int, RowLabel> _label;
    private readonly VectorTable? _vectors;
    private readonly IDisposable _kept;
    private readonly List<List<int>> _groups;

    internal Duplicates(DisjointSets sets, Func<int, RowLabel> label, VectorTable? vectors, IDisposable kept)
    {
        (_sets, _label, _vectors, _kept) = (sets, label, vectors, kept);
        _groups = Gather();
    }

    /// <summary>How many rows were compared.</summary>
    public int Rows => _sets.Count;

    /// <summary>How many groups of duplicates there are.</summary>
    public int GroupCount => _groups.Count;

    /// <summary>How many rows are left when of each group the first alone stays.</summary>
    public int Distinct => Rows - _groups.Sum(group => group.Count - 1);

    /// <summary>The groups, in the order of their first rows.</summary>
    public IEnumerable<DuplicateGroup> Groups => _groups.Select((rows, number) => Group(number, rows));

    /// <summary>The rows that stay when of each group the first alone stays, in their order.</summary>
    public IEnumerable<RowLabel> DistinctRows => Enumerable.Range(0, Rows).Where(IsFirst).Select(_label);

    /// <summary>Whether a row, counted from 0 among those that were compared, is the first of its group, or alone.</summary>
    public bool IsFirst(int row) => _sets.First(row) == row;

    /// <inheritdoc/>
    public void Dispose() => _kept.Dispose();

    private List<List<int>> Gather()
    {
        var groups = new SortedDictionary<int, List<int>>();
        for (var row = 0; row < _sets.Count; row++)
        {
            var first = _sets.First(row);
            if (first != row)
            {
                if (!groups.TryGetValue(first, out var group))
                {
                    groups[first] = group = [first];
                }

                group.Add(row);
            }
        }

        return [.. groups.Values];
    }

    private DuplicateGroup Group(int number, List<int> rows)
    {
        var first = _label(rows[0]);
        var vector = _vectors?.CopyRow(rows[0]);
        var members = rows.Select(row =>
        {
            var label = row == rows[0] ? first : _label(row);
            var score = row == rows[0] || vector is null ? 1 : Cosine(vector, row);
            return new DuplicateText(number, label.RowId, label.Text, score, label.Text is not null && label.Text == first.Text, row == rows[0]) { Kept = label.Kept };
        });
        return new DuplicateGroup(number, first.RowId, first.Text, [.. members]);
    }

    // Of equal vectors it is 1 without rounding.
    private double Cosine(float[] first, int row)
    {
        var vector = _vectors!.CopyRow(row);
        return vector.AsSpan().SequenceEqual(first) && vector.AsSpan().ContainsAnyExcept(0f) ? 1 : MetricScore.Of(VectorMetric.Cosine, PaddedVectors.Of(first).From(0), PaddedVectors.Of(vector).From(0));
    }
}
