using Gptx.Tool.Input;

namespace Gptx.Tool.Output;

/// <summary>The fields that a result has from its row: rowId, and those of --keep.</summary>
internal static class RowFields
{
    public const string RowId = "rowId";

    public static IEnumerable<KeyValuePair<string, object?>> Before(TextRow? row)
    {
        if (row?.RowId is { } id)
        {
            yield return KeyValuePair.Create<string, object?>(RowId, id);
        }
    }

    /// <summary>The copied fields.</summary>
    /// <exception cref="GptxException"><c>KeepNameTaken</c>.</exception>
    public static IEnumerable<KeyValuePair<string, object?>> After(TextRow? row, IEnumerable<string> taken)
    {
        if (row is not { Kept: [_, ..] kept })
        {
            yield break;
        }

        HashSet<string> names = [.. taken, RowId];
        foreach (var (name, value) in kept)
        {
            yield return names.Add(name) ? KeyValuePair.Create<string, object?>(name, value) : throw new GptxException(
                GptxErrorKind.InvalidArgument, "KeepNameTaken", $"--keep {name}: the output has a field '{name}' of its own; rename it in the input");
        }
    }
}
