namespace Gptx.Architectures;

/// <summary>Which of some names is written most like another.</summary>
internal static class NearestName
{
    private const int MostLetters = 64;

    /// <summary>The name with the fewest letters to add, drop or change (Levenshtein 1966); of several the first.</summary>
    public static string Of(string name, IReadOnlyList<string> known) => known.MinBy(other => Distance(name.Length > MostLetters ? name[..MostLetters] : name, other))!;

    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
