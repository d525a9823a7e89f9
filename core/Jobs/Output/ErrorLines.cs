using Gptx.Jobs.Log;

namespace Gptx.Jobs.Output;

/// <summary>Rows with faults as lines of JSON: which row, where it stands, what is wrong.</summary>
internal static class ErrorLines
{
    public static byte[] Of(LoggedRow row, string source, long line) => RowJson.Object(json =>
    {
        json.WritePropertyName(RowColumn.RowId.Name);
        json.WriteRawValue(row.Id);
        json.WriteString("source", source);
        json.WriteNumber("line", line + 1);
        json.WriteNumber("offset", row.Offset);
        json.WriteString("error", row.Fault!.ErrorId);
        json.WriteString("message", row.Fault.Message);
    });
}
