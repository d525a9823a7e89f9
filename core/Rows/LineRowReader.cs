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
        var units = new ScannedUnits(open, source, index, decoder, limits);
        foreach (var unit in open.IsSeekable ? Seeking(open, units, isWanted, cancellation) : units.Rest(ScannerAt(open, 0), isWanted, cancellation))
        {
            yield return unit with { PartRead = open.PartRead };
        }

        open.RequireUnchanged();
    }

    // Stretches that nobody wants are not read: the first line that begins in a stretch stands behind the first line end at or after the byte before it.
    private IEnumerable<RowUnit> Seeking(OpenSource open, ScannedUnits units, Func<long, bool> isWanted, CancellationToken cancellation)
    {
        ByteOrderMark.Check(open, source.Name);
        var stretches = (open.Stream.Length + limits.UnitBytes - 1) / limits.UnitBytes;
        RecordScanner? scanner = null;
        for (var number = 0L; number < stretches; number++)
        {
            if (!isWanted(number))
            {
                scanner = null;
                continue;
            }

            scanner ??= ScannerIn(open, number * limits.UnitBytes);
            if (units.One(scanner, number, cancellation) is { } unit)
            {
                yield return unit;
            }
        }
    }

    private RecordScanner ScannerIn(OpenSource open, long start)
    {
        var before = Math.Max(0, start - 1);
        open.Stream.Seek(before, SeekOrigin.Begin);
        var scanner = ScannerAt(open, before);
        if (start > 0)
        {
            open.Read(scanner.Next);
        }

        return scanner;
    }

    private RecordScanner ScannerAt(OpenSource open, long position) => new(open.Stream, position, limits.RowBytes, new LineEnds());
}
