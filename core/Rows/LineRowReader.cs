namespace Gptx.Rows;

/// <summary>Reads sources whose rows are lines.</summary>
/// <param name="source">The source.</param>
/// <param name="index">Which source of the job it is.</param>
/// <param name="decoder">What a line says.</param>
/// <param name="limits">How long a row and a unit may be.</param>
internal sealed class LineRowReader(RowSource source, int index, ILineDecoder decoder, RowLimits limits) : IRowReader
{
    /// <inheritdoc/>
    public IEnumerable<RowUnit> Units(Func<long, bool> isWanted, CancellationToken cancellation)
    {
        using var open = new OpenSource(source);
        foreach (var unit in open.IsSeekable ? Seeking(open, isWanted, cancellation) : Streaming(open, isWanted, cancellation))
        {
            yield return unit;
        }

        open.RequireUnchanged();
    }

    // Stretches that nobody wants are not read: the first line that begins in a stretch stands behind the first line end at or after the byte before it.
    private IEnumerable<RowUnit> Seeking(OpenSource open, Func<long, bool> isWanted, CancellationToken cancellation)
    {
        ByteOrderMark.Check(open, source.Name);
        var stretches = (open.Stream.Length + limits.UnitBytes - 1) / limits.UnitBytes;
        LineScanner? scanner = null;
        for (var number = 0L; number < stretches; number++)
        {
            if (!isWanted(number))
            {
                scanner = null;
                continue;
            }

            scanner ??= ScannerAt(open, number * limits.UnitBytes);
            if (Collect(open, scanner, number, cancellation) is { } unit)
            {
                yield return unit;
            }
        }
    }

    private IEnumerable<RowUnit> Streaming(OpenSource open, Func<long, bool> isWanted, CancellationToken cancellation)
    {
        var scanner = new LineScanner(open.Stream, 0, limits.RowBytes);
        var isOver = false;
        while (!isOver)
        {
            var number = scanner.Position / limits.UnitBytes;
            if (isWanted(number))
            {
                var before = scanner.Position;
                var unit = Collect(open, scanner, number, cancellation);
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

    private LineScanner ScannerAt(OpenSource open, long start)
    {
        var before = Math.Max(0, start - 1);
        open.Stream.Seek(before, SeekOrigin.Begin);
        var scanner = new LineScanner(open.Stream, before, limits.RowBytes);
        if (start > 0)
        {
            open.Read(scanner.Next);
        }

        return scanner;
    }

    private RowUnit? Collect(OpenSource open, LineScanner scanner, long number, CancellationToken cancellation)
    {
        var rows = new List<SourceRow>();
        var lines = 0L;
        var end = (number + 1) * limits.UnitBytes;
        scanner.StartHash();
        while (scanner.Position < end && open.Read(scanner.Next) is { } record)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Row(record, lines++) is { } row)
            {
                rows.Add(row);
            }
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
