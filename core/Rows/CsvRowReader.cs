using System.IO.Hashing;
using CsvHelper;

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
        if (open.IsSeekable)
        {
            ByteOrderMark.Check(open, source.Name);
        }

        var malformed = new HashSet<long>();
        using var csv = CsvReader.Create(open.Stream, Options(malformed), true);
        var columns = new CsvColumns(open.Read(() => csv.Headers), fields, source.Name);
        var unit = new Stretch();
        while (Read(open, csv))
        {
            cancellation.ThrowIfCancellationRequested();
            var number = csv.ByteOffset / limits.UnitBytes;
            if (number != unit.Number)
            {
                if (unit.Rows.Count > 0)
                {
                    yield return unit.Finish(index);
                }

                unit = new Stretch { Number = number };
            }

            if (isWanted(number))
            {
                unit.Add(csv.RawRecord, malformed.Remove(csv.RowNumber) ? Malformed(csv) : columns.Row(csv));
            }
        }

        if (unit.Rows.Count > 0)
        {
            yield return unit.Finish(index);
        }

        open.RequireUnchanged();
    }

    private CsvReaderOptions Options(HashSet<long> malformed) => CsvReaderOptions.Default with
    {
        Separator = separator,
        HasHeader = true,
        MaxRecordSize = limits.RowBytes,
        TrackLineNumbers = true,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        OnMalformedRecord = error => malformed.Add(error.RecordNumber),
        PoolStrings = false,
    };

    private bool Read(OpenSource open, CsvReader csv)
    {
        try
        {
            return open.Read(csv.Read);
        }
        catch (CsvFormatException error)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput,
                "InputDamaged",
                $"{source.Name}: the row after byte {csv.ByteOffset} does not end within {limits.RowBytes} bytes: a quote may not be closed",
                error);
        }
    }

    private static SourceRow Malformed(CsvReader csv) => new(csv.ByteOffset, csv.LineNumber - 1, null, null)
    {
        Fault = RowFault.Unreadable("its quotes do not match"),
    };

    /// <summary>The rows of one stretch, as they come.</summary>
    private sealed class Stretch
    {
        private readonly XxHash128 _hash = new();

        public long Number { get; init; } = -1;

        public List<SourceRow> Rows { get; } = [];

        public void Add(ReadOnlySpan<byte> raw, SourceRow row)
        {
            _hash.Append(raw);
            _hash.Append("\n"u8);
            Rows.Add(row);
        }

        // Lines are counted from the beginning of the file, not of the unit: the file is read from there.
        public RowUnit Finish(int source) => new(source, Number, Rows, Lines: 0, _hash.GetCurrentHashAsUInt128());
    }
}
