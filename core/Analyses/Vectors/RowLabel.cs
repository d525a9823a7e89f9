using System.Text.Json;

namespace Gptx.Analyses;

/// <summary>What a row is called, and what it says.</summary>
/// <param name="RowId">What names it: a string, or a whole number (<see cref="long"/>) where its file has one.</param>
/// <param name="Text">Its text; null where that is not known.</param>
public sealed record RowLabel(object RowId, string? Text)
{
    /// <summary>Fields that are carried over, in the order in which they were asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Kept { get; init; } = [];

    /// <summary>The id as a file has it; one that is missing is made: <c>FILE:OFFSET</c>.</summary>
    internal static object IdOf(JsonElement? id, string source, long offset) => id switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Number } number => number.TryGetInt64(out var whole) ? whole : number.GetRawText(),
        _ => $"{source}:{offset}",
    };
}
