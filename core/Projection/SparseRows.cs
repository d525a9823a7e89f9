namespace Gptx.Projection;

/// <summary>A square matrix of few entries: of row i the columns and values from <c>Starts[i]</c> to before <c>Starts[i + 1]</c>, by column.</summary>
/// <param name="Starts">Where each row begins; one more than there are rows.</param>
/// <param name="Columns">The column of each entry.</param>
/// <param name="Values">The value of each entry.</param>
internal sealed record SparseRows(int[] Starts, int[] Columns, double[] Values)
{
    public int Count => Starts.Length - 1;

    /// <summary>From rows of equal length and the same matrix the other way, entry by entry: <paramref name="join"/>(a_ij, a_ji), 0 for one that is not there.</summary>
    public static SparseRows Symmetric(int count, Func<int, ReadOnlyMemory<int>> columns, Func<int, ReadOnlyMemory<double>> values, Func<double, double, double> join)
    {
        var (starts, others, backward) = Transposed(count, columns, values);
        var (ends, allColumns, allValues) = (new int[count + 1], new List<int>(2 * others.Length), new List<double>(2 * others.Length));
        for (var row = 0; row < count; row++)
        {
            var order = Ordered(columns(row).Span, values(row).Span);
            var (place, other) = (0, starts[row]);
            while (place < order.Length || other < starts[row + 1])
            {
                var column = place < order.Length ? order[place].Column : int.MaxValue;
                var back = other < starts[row + 1] ? others[other] : int.MaxValue;
                var forwardValue = column <= back ? order[place++].Value : 0;
                var backValue = back <= column ? backward[other++] : 0;
                if (join(forwardValue, backValue) is > 0 and var joined)
                {
                    allColumns.Add(Math.Min(column, back));
                    allValues.Add(joined);
                }
            }

            ends[row + 1] = allColumns.Count;
        }

        return new SparseRows(ends, [.. allColumns], [.. allValues]);
    }

    // The rows come in order, so each column's list is in order too.
    private static (int[] Starts, int[] Rows, double[] Values) Transposed(
        int count, Func<int, ReadOnlyMemory<int>> columns, Func<int, ReadOnlyMemory<double>> values)
    {
        var starts = new int[count + 1];
        for (var row = 0; row < count; row++)
        {
            foreach (var column in columns(row).Span)
            {
                starts[column + 1]++;
            }
        }

        for (var row = 0; row < count; row++)
        {
            starts[row + 1] += starts[row];
        }

        var (next, rows, moved) = (starts.AsSpan(0, count).ToArray(), new int[starts[count]], new double[starts[count]]);
        for (var row = 0; row < count; row++)
        {
            var (these, numbers) = (columns(row), values(row));
            for (var place = 0; place < these.Length; place++)
            {
                var target = next[these.Span[place]]++;
                (rows[target], moved[target]) = (row, numbers.Span[place]);
            }
        }

        return (starts, rows, moved);
    }

    private static (int Column, double Value)[] Ordered(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        var entries = new (int Column, double Value)[columns.Length];
        for (var place = 0; place < entries.Length; place++)
        {
            entries[place] = (columns[place], values[place]);
        }

        Array.Sort(entries, (a, b) => a.Column.CompareTo(b.Column));
        return entries;
    }
}
