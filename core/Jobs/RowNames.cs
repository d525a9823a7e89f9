using System.Globalization;
using System.Text.Json;
using Gptx.Rows;

namespace Gptx.Jobs;

/// <summary>What rows are called: by a field of their own, or by where they stand.</summary>
internal static class RowNames
{
    /// <summary>The row's id, as it is compared and as draws depend on it.</summary>
    public static string Of(SourceRow row, string source) => row.Id switch
    {
        { ValueKind: JsonValueKind.String } id => id.GetString()!,
        { } id => id.GetRawText(),
        _ => string.Create(CultureInfo.InvariantCulture, $"{source}:{row.Offset}"),
    };

    /// <summary>Writes the id as it stood in the row.</summary>
    public static void Write(Utf8JsonWriter json, SourceRow row, string source)
    {
        json.WritePropertyName(RowColumn.RowId.Name);
        if (row.Id is { } id)
        {
            id.WriteTo(json);
        }
        else
        {
            json.WriteStringValue(Of(row, source));
        }
    }
}
