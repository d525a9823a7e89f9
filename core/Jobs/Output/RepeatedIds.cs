using Gptx.Jobs.Log;

namespace Gptx.Jobs.Output;

/// <summary>
/// Which rows have an id that an earlier row has. Ids are compared by their hashes of 128 bits; of many rows the hashes are sorted in runs on disk, so that memory
/// stays bounded.
/// </summary>
internal sealed class RepeatedIds
{
    private readonly HashSet<long> _repeated = [];

    /// <summary>Looks at all rows, in order.</summary>
    /// <param name="units">What all shards have recorded, in the order of the input.</param>
    /// <param name="folder">Where runs may lie meanwhile.</param>
    public static RepeatedIds Find(IEnumerable<(LoggedUnit Unit, LoggedRow[] Rows)> units, string folder)
    {
        var found = new RepeatedIds();
        using var runs = new SortedRuns(folder);
        var number = 0L;
        foreach (var (_, rows) in units)
        {
            foreach (var row in rows)
            {
                if (row.IdHash != 0)
                {
                    runs.Add(row.IdHash, number);
                }

                number++;
            }
        }

        UInt128? last = null;
        foreach (var (hash, place) in runs.Sorted())
        {
            if (hash == last)
            {
                found._repeated.Add(place);
            }

            last = hash;
        }

        return found;
    }

    /// <summary>The row, or the fault that it is where its id is one that was before.</summary>
    /// <param name="row">The row.</param>
    /// <param name="number">Its place among all rows.</param>
    public LoggedRow Checked(LoggedRow row, long number) => row.Fault is null && _repeated.Contains(number)
        ? row with { Json = [], Fault = new LoggedFault("RowIdRepeated", $"an earlier row has the id {row.Id} already") }
        : row;
}
