using System.Text;
using System.Text.Json;
using CsvHelper;

namespace Gptx.Jobs.Output;

/// <summary>Reads the rows of an output back, as the JSON objects that they were.</summary>
internal static class StoredRows
{
    /// <summary>Rows in their order.</summary>
    /// <param name="path">The output.</param>
    /// <param name="columns">What its columns hold; those that are not among them are strings.</param>
    /// <exception cref="GptxException"><c>OutputKindUnknown</c>: rows of such a file cannot be read back.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(string path, IReadOnlyList<RowColumn> columns) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jsonl" => Lines(path),
        ".csv" => Csv(path, columns),
        ".parquet" => ParquetRows.Read(path, columns),
        ".npy" => NpyRows.Read(path, $"{path}{RowSinks.Beside(path)}", columns),
        var ending => throw new GptxException(GptxErrorKind.InvalidArgument, "OutputKindUnknown", $"{path}: rows cannot be read back from files that end in {ending}"),
    };

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(string path)
    {
        foreach (var line in File.ReadLines(path, Encoding.UTF8))
        {
            yield return Encoding.UTF8.GetBytes(line);
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Csv(string path, IReadOnlyList<RowColumn> columns)
    {
        var texts = columns.Where(column => column.Type == RowType.Text).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var known = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        using var file = File.OpenRead(path);
        using var csv = CsvReader.Create(file, CsvReaderOptions.Default with { Separator = ',', HasHeader = true }, true);
        string[] headers = [.. csv.Headers];
        while (csv.Read())
        {
            yield return RowJson.Object(json =>
            {
                for (var i = 0; i < headers.Length; i++)
                {
                    json.WritePropertyName(headers[i]);
                    Cell(json, csv.GetString(i), texts.Contains(headers[i]) || !known.Contains(headers[i]));
                }
            });
        }
    }

    private static void Cell(Utf8JsonWriter json, string cell, bool isText)
    {
        if (isText)
        {
            json.WriteStringValue(cell);
        }
        else if (cell.Length == 0)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteRawValue(cell);
        }
    }
}
