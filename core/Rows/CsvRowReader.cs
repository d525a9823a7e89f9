namespace Gptx.Rows;

/// <summary>Reads comma- or tab-separated values. Line ends may stand in quotes, so a file is read from its beginning whichever units are wanted.</summary>
/// <param name="source">The source.</param>
/// <param name="index">Which source of the job it is.</param>
/// <param name="fields">The columns that are read.</param>
/// <param name="limits">How long a row and a unit may be.</param>
/// <param name="separator">What stands between two fields.</param>
internal sealed class CsvRowReader(RowSource source, int index, RowFields fields, RowLimits limits, char separator) : IRowReader
{
    /// <inheritdoc/>
    public IEnumerable<RowUnit> Units(Func<long, bool> isWanted, CancellationToken cancellation)
    {
        using var open = new OpenSource(source);
        var scanner = new RecordScanner(open.Stream, 0, limits.RowBytes, new CsvRecordEnds((byte)separator));
        var header = Header(open.Read(scanner.Peek));
        var decoder = new CsvRecordDecoder(separator, header, fields, source.Name);
        var units = new ScannedUnits(open, source, index, decoder, limits) { Header = header };
        foreach (var unit in units.Rest(scanner, isWanted, cancellation))
        {
            yield return unit with { PartRead = open.PartRead };
        }

        open.RequireUnchanged();
    }

    private byte[] Header(ScannedRecord? record)
    {
        if (record is not { } first)
        {
            throw CsvRecordDecoder.Headless(source.Name, "it is empty");
        }

        return first.IsTooLong
            ? throw CsvRecordDecoder.Headless(source.Name, $"its first row has {first.Length} bytes, and at most {limits.RowBytes} are allowed (--max-row-bytes)")
            : ByteOrderMark.Without(first.Bytes, source.Name).ToArray();
    }
}
