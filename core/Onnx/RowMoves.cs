namespace Gptx.Onnx;

/// <summary>In which order the rows of a buffer are copied over one another so that none is overwritten before it was read.</summary>
internal static class RowMoves
{
    /// <summary>The copies after which row i holds what row <c>rows[i]</c> held; a circle goes by way of the spare row.</summary>
    public static IEnumerable<(int From, int To)> Plan(IReadOnlyList<int> rows, int spare)
    {
        var open = rows.Index().Where(move => move.Index != move.Item).ToDictionary(move => move.Index, move => move.Item);
        while (open.Count > 0)
        {
            var free = open.Keys.Where(to => !open.ContainsValue(to)).ToList();
            if (free.Count == 0)
            {
                // Every row left is still to be read: set one aside, and whoever reads it reads it there.
                var (to, _) = open.First();
                yield return (to, spare);
                foreach (var reader in open.Where(move => move.Value == to).Select(move => move.Key).ToList())
                {
                    open[reader] = spare;
                }

                continue;
            }

            foreach (var to in free)
            {
                open.Remove(to, out var from);
                yield return (from, to);
            }
        }
    }
}
