using CsvHelper;
using Gptx.Rows;

namespace Gptx.Analyses;

/// <summary>Copies the rows of files that have no duplicate before them, as they stand there: lines of text or JSON, records of CSV with the header.</summary>
public static class DistinctFile
{
    private const int LongestRow = 1 << 30;

    /// <summary>Refuses sources of which rows cannot be copied.</summary>
    /// <exception cref="GptxException"><c>OutputKindUnknown</c>.</exception>
    public static void RequireKnown(IReadOnlyList<RowSource> sources)
    {
        if (sources.FirstOrDefault(source => source.Path is null || source.Format == RowFormat.Parquet) is { } source)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "OutputKindUnknown", $"{source.Name}: rows without duplicates can be copied from files of text, JSON lines and CSV; of others, leave the rows out that --out lists");
        }

        if (sources.Count > 1 && sources.Any(other => other.Format is RowFormat.Csv or RowFormat.Tsv || other.Format != sources[0].Format))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OutputKindUnknown", "rows without duplicates can be copied from several files of text or of JSON lines, or from one of CSV");
        }
    }

    /// <summary>Copies rows.</summary>
    /// <param name="sources">Where they stand.</param>
    /// <param name="fields">The fields that were read; given fields make lines of a text JSON.</param>
    /// <param name="isKept">Whether a row is copied, by its number among all, from 0; rows that could not be read count too.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="cancellation">Stops it.</param>
    public static void Copy(IReadOnlyList<RowSource> sources, RowFields fields, Func<long, bool> isKept, Stream output, CancellationToken cancellation = default)
    {
        var row = 0L;
        foreach (var source in sources)
        {
            cancellation.ThrowIfCancellationRequested();
            using var open = new OpenSource(source);
            row = source.Format is RowFormat.Csv or RowFormat.Tsv
                ? Records(open, source.Format == RowFormat.Csv ? ',' : '\t', row, isKept, output)
                : Lines(open, source.Format == RowFormat.JsonLines || fields.AreAsked, row, isKept, output);
            open.RequireUnchanged();
        }
    }

    private static long Lines(OpenSource open, bool areJson, long row, Func<long, bool> isKept, Stream output)
    {
        var scanner = new RecordScanner(open.Stream, 0, LongestRow, new LineEnds());
        while (open.Read(scanner.Next) is { } line)
        {
            // Between JSON lines an empty line is no row.
            if (areJson && line.Bytes.Span.IndexOfAnyExcept(" \t\r\v\f"u8) < 0)
            {
                continue;
            }

            if (isKept(row++))
            {
                output.Write(line.Bytes.Span);
                output.WriteByte((byte)'\n');
            }
        }

        return row;
    }

    private static long Records(OpenSource open, char separator, long row, Func<long, bool> isKept, Stream output)
    {
        using var csv = CsvReader.Create(open.Stream, CsvReaderOptions.Default with { Separator = separator, HasHeader = true, FieldCountMismatch = CsvFieldCountHandling.Allow, OnMalformedRecord = _ => { } }, true);
        using (var header = CsvWriter.Create(output, CsvWriterOptions.Default with { NewLine = "\n", Separator = separator }, true))
        {
            header.WriteRecord([.. open.Read(() => csv.Headers)]);
        }

        while (open.Read(csv.Read))
        {
            if (isKept(row++))
            {
                output.Write(csv.RawRecord);
                output.WriteByte((byte)'\n');
            }
        }

        return row;
    }
}
