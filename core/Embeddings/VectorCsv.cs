using System.Globalization;
using CsvHelper;

namespace Gptx.Embeddings;

/// <summary>
/// Reads vectors from CSV: the columns v0, v1, ... that <c>gptx embed --csv</c> writes, or else all columns of numbers; the text is the column <c>text</c>, <c>word</c> or <c>token</c>, or the
/// first that is no number; the kind is the column <c>label</c>. A first line of numbers alone is a row.
/// </summary>
internal static class VectorCsv
{
    private static readonly string[] TextNames = ["text", "word", "token"];

    public static IReadOnlyList<LabelledVector> Read(string path)
    {
        var rows = ReadRows(path);
        if (rows.Count == 0)
        {
            throw VectorFile.Invalid(path, "it is empty");
        }

        var hasHeader = !rows[0].All(IsNumber);
        string[] names = hasHeader ? rows[0] : [.. rows[0].Select((_, column) => $"v{column}")];
        var data = rows.Skip(hasHeader ? 1 : 0).ToList();
        if (data.Count == 0)
        {
            throw VectorFile.Invalid(path, "it has a header and no rows");
        }

        var (text, label) = (Column(names, TextNames), Column(names, ["label"]));
        int[] numbers = Numbers(names, data[0], [text, label]);
        if (numbers.Length == 0)
        {
            throw VectorFile.Invalid(path, "its second line has no numbers: there must be columns v0, v1, ..., or any of numbers");
        }

        text = text >= 0 ? text : Enumerable.Range(0, names.Length).FirstOrDefault(column => column != label && !IsNumber(data[0][column]), -1);
        return [.. data.Select((row, index) => new LabelledVector(
            text >= 0 ? row[text] : $"{index}",
            [.. numbers.Select(column => Number(path, row[column], index + (hasHeader ? 2 : 1), names[column]))],
            Label: label >= 0 ? row[label] : null))];
    }

    private static List<string[]> ReadRows(string path)
    {
        var rows = new List<string[]>();
        using var file = new StreamReader(path);
        using var reader = CsvReader.Create(file, CsvReaderOptions.Default with { HasHeader = false, TrackLineNumbers = true }, true);
        try
        {
            while (reader.Read())
            {
                string[] fields = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
                if (rows.Count > 0 && fields.Length != rows[0].Length)
                {
                    throw VectorFile.Invalid(path, $"line {reader.LineNumber} has {fields.Length} fields, the first line {rows[0].Length}");
                }

                rows.Add(fields);
            }
        }
        catch (CsvFormatException error)
        {
            throw VectorFile.Invalid(path, $"it is no CSV: {error.Message.ReplaceLineEndings(" ")}");
        }

        return rows;
    }

    private static int Column(string[] names, string[] wanted) =>
        Array.FindIndex(names, name => wanted.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase));

    // gptx's own columns where there are any; else whatever the first row has numbers in, but for those that only count or name.
    private static int[] Numbers(string[] names, string[] first, int[] without)
    {
        int[] own = [.. Enumerable.Range(0, names.Length).Where(column => names[column].Length > 1 && names[column][0] == 'v' && names[column].AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)];
        return own.Length > 0 ? own : [.. Enumerable.Range(0, names.Length).Where(column =>
            !without.Contains(column) && names[column] is not ("index" or "id" or "rowId") && IsNumber(first[column]))];
    }

    private static bool IsNumber(string text) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static float Number(string path, string text, int line, string column) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
            ? value
            : throw VectorFile.Invalid(path, $"line {line}: '{WordRows.Shown(text)}' in column {column} is not a finite number");
}
