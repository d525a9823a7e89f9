using Gptx.Inference;

namespace Gptx.Jobs.Tasks;

/// <summary>Results of which a text has several, gathered: one list of values a text.</summary>
internal static class ByText
{
    /// <summary>The values of each row, in their order; a text without results has its row too.</summary>
    public static IReadOnlyList<object?[]> Of<T>(IReadOnlyList<TaskRow> rows, IEnumerable<T> results, Func<T, int> index, Func<TokenSequence, IEnumerable<T>, object?[]> values)
    {
        var found = results.ToLookup(index);
        return [.. rows.Select((row, place) => values(row.Tokens, found[place]))];
    }
}
