namespace Gptx.Analyses;

/// <summary>Sets of rows that grow together (union-find, Tarjan 1975): each set is known by its first row, so the order of joins does not matter.</summary>
internal sealed class DisjointSets
{
    private readonly List<int> _parents = [];

    /// <summary>The rows.</summary>
    public int Count => _parents.Count;

    /// <summary>Adds a row, alone in its set.</summary>
    public void Add() => _parents.Add(_parents.Count);

    /// <summary>The first row of the set that a row is in.</summary>
    public int First(int row)
    {
        while (_parents[row] != row)
        {
            row = _parents[row] = _parents[_parents[row]];
        }

        return row;
    }

    /// <summary>Makes one set of two.</summary>
    public void Join(int one, int other)
    {
        var (first, second) = (First(one), First(other));
        _parents[Math.Max(first, second)] = Math.Min(first, second);
    }
}
