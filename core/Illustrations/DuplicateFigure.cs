using Gptx.Analyses;
using Gptx.Figures;

namespace Gptx.Illustrations;

/// <summary>Groups of duplicates: how often each text is there.</summary>
public static class DuplicateFigure
{
    private const int Shown = 25;

    /// <summary>The figure of groups, the largest first.</summary>
    public static Figure Of(IReadOnlyList<DuplicateGroup> groups)
    {
        var rows = groups.Sum(group => group.Size);
        return Figure.Of(
            $"{rows} rows are {groups.Count} with their duplicates",
            new BarChart([.. groups.OrderByDescending(group => group.Size).ThenBy(group => group.Group).Take(Shown).Select(group => new LabelledBar(VisibleText.OneLine(group.ToString()), group.Size, $"{group.Size}"))])
            {
                ValueTitle = "rows of a group, called by its first",
            },
            groups.Count > Shown ? $"The {Shown} largest groups of {groups.Count}." : null);
    }

    /// <summary>The figure of rows that have duplicates.</summary>
    public static Figure Of(IReadOnlyList<DuplicateText> rows) => Of(
        [.. rows.GroupBy(row => row.Group).Select(group => new DuplicateGroup(group.Key, group.First().RowId, group.First().Text, [.. group]))]);
}
