namespace Gptx.Rows;

/// <summary>Makes units of the records of a source that is read from its beginning to its end, or from the beginning of a stretch.</summary>
/// <param name="open">The source.</param>
/// <param name="source">What it is called.</param>
/// <param name="index">Which source of the job it is.</param>
/// <param name="decoder">What a record says.</param>
/// <param name="limits">How long a row and a unit may be.</param>
internal sealed class ScannedUnits(OpenSource open, RowSource source, int index, ILineDecoder decoder, RowLimits limits)
{
    /// <summary>What stands elsewhere and decides what all rows say: it is in the hash of each unit.</summary>
    public ReadOnlyMemory<byte> Header { get; init; }

    /// <summary>The units that are wanted, from where a scanner stands to the end of the source; the others are read past.</summary>
    public IEnumerable<RowUnit> Rest(RecordScanner scanner, Func<long, bool> isWanted, CancellationToken cancellation)
    {
        var isOver = false;
        while (!isOver)
        {
            var number = scanner.Position / limits.UnitBytes;
            if (isWanted(number))
            {
                var before = scanner.Position;
                var unit = One(scanner, number, cancellation);
                isOver = scanner.Position == before;
                if (unit is not null)
                {
                    yield return unit;
                }
            }
            else
            {
                while (!isOver && scanner.Position / limits.UnitBytes == number)
                {
                    cancellation.ThrowIfCancellationRequested();
                    isOver = open.Read(scanner.Next) is null;
                }
            }
        }
    }

    /// <summary>The unit of a stretch, in which a scanner stands; null where no record begins there any more.</summary>
    public RowUnit? One(RecordScanner scanner, long number, CancellationToken cancellation)
    {
        var rows = new List<SourceRow>();
        var lines = 0L;
        var end = (number + 1) * limits.UnitBytes;
        scanner.StartHash();
        scanner.AddToHash(Header.Span);
        while (scanner.Position < end && open.Read(scanner.Next) is { } record)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Row(record, lines) is { } row)
            {
                rows.Add(row);
            }

            lines += record.Lines;
        }

        return lines == 0 ? null : new RowUnit(index, number, rows, lines, scanner.Hash);
    }

    private SourceRow? Row(ScannedRecord record, long line)
    {
        if (record.IsTooLong)
        {
            return new SourceRow(record.Offset, line, null, null) { Fault = RowFault.TooLong(record.Length, limits.RowBytes) };
        }

        var bytes = record.Offset == 0 ? ByteOrderMark.Without(record.Bytes, source.Name) : record.Bytes;
        return decoder.Decode(record.Offset, line, bytes);
    }
}
