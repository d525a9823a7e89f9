using System.Text.Json;

namespace Gptx.Analyses;

/// <summary>A row that has duplicates.</summary>
/// <param name="Group">Which group, from 0; groups are in the order of their first rows.</param>
/// <param name="RowId">What names the row: a string, or a whole number where its file has one.</param>
/// <param name="Text">Its text; null where its file has none.</param>
/// <param name="Score">The cosine of its vector with the representative's: below the threshold where others lie between them. 1 where only texts were compared.</param>
/// <param name="IsExact">Whether its text is the representative's, character by character.</param>
/// <param name="IsRepresentative">Whether it stands for the group: the first row of it.</param>
public sealed record DuplicateText(int Group, object RowId, string? Text, double Score, bool IsExact, bool IsRepresentative)
{
    /// <summary>Fields of the row that were asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Kept { get; init; } = [];

    /// <summary>The text.</summary>
    public override string ToString() => Text ?? $"{RowId}";
}

/// <summary>Rows that are duplicates of each other.</summary>
/// <param name="Group">Which group, from 0.</param>
/// <param name="RowId">What names the row that stands for it: its first.</param>
/// <param name="Text">That row's text.</param>
/// <param name="Members">All rows of the group in their order, the representative first.</param>
public sealed record DuplicateGroup(int Group, object RowId, string? Text, IReadOnlyList<DuplicateText> Members)
{
    /// <summary>How many rows it has.</summary>
    public int Size => Members.Count;

    /// <summary>The text of the representative.</summary>
    public override string ToString() => Text ?? $"{RowId}";
}
