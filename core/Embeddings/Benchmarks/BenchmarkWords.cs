namespace Gptx.Embeddings;

/// <summary>The words of a table that take part in a benchmark, by how they are looked up.</summary>
internal sealed class BenchmarkWords
{
    private readonly IWordTable _table;
    private readonly bool _ignoreCase;
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);

    public BenchmarkWords(IWordTable table, BenchmarkOptions options)
    {
        options.Check();
        (_table, _ignoreCase) = (table, options.IgnoreCase);
        foreach (var row in table.WordRows.Take(options.RestrictVocabulary))
        {
            _rows.TryAdd(Key(table.RowText(row)), row);
        }

        Rows = [.. _rows.Values.Order()];
    }

    /// <summary>The rows, in order.</summary>
    public int[] Rows { get; }

    /// <summary>The row of a word; null if it takes no part.</summary>
    public int? Find(string word) => _rows.TryGetValue(Key(word), out var row) ? row : null;

    /// <summary>The vector at a row.</summary>
    public TokenVector Vector(int row) => new(_table.RowText(row), 0, [_table.RowText(row)], [row], _table.Vectors.CopyRow(row), _table.Name);

    private string Key(string word) => _ignoreCase ? word.ToUpperInvariant() : word;
}
