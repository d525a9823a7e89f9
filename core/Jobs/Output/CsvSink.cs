using System.Text.Json;
using CsvHelper;

namespace Gptx.Jobs.Output;

/// <summary>Rows as comma-separated values (RFC 4180 with \n): lists, vectors too, are JSON inside their cell; null is an empty cell.</summary>
internal sealed class CsvSink : IRowSink
{
    private readonly CsvWriter _csv;
    private readonly IReadOnlyList<string> _columns;

    public CsvSink(Stream stream, IReadOnlyList<string> columns)
    {
        _csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, true);
        _columns = columns;
        _csv.WriteRecord([.. columns]);
    }

    public void Write(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        _csv.WriteRecord([.. _columns.Select(column => json.RootElement.TryGetProperty(column, out var value) ? Cell(value) : "")]);
    }

    public void Finish(JobPlan plan, JobSummary summary) => _csv.Flush();

    public void Dispose() => _csv.Dispose();

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
