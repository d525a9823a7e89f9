using CsvHelper;

namespace Gptx.Rows;

/// <summary>A record of CSV: its fields by the names that the first record of the file, the header, gives them. An empty line holds no row.</summary>
internal sealed class CsvRecordDecoder : ILineDecoder
{
    private readonly CsvReaderOptions _options;
    private readonly CsvColumns _columns;
    private bool _isMalformed;

    /// <summary>Reads the header.</summary>
    /// <param name="separator">What stands between two fields.</param>
    /// <param name="header">The first record of the file.</param>
    /// <param name="fields">The columns that are read.</param>
    /// <param name="source">What the file is called.</param>
    /// <exception cref="GptxException"><c>InputDamaged</c>: there is no header; <c>FieldMissing</c>, <c>FieldRepeated</c>.</exception>
    public CsvRecordDecoder(char separator, byte[] header, RowFields fields, string source)
    {
        _options = CsvReaderOptions.Default with
        {
            Separator = separator,
            HasHeader = false,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            OnMalformedRecord = _ => _isMalformed = true,
            PoolStrings = false,
        };
        var names = Read(header, csv => (string[])[.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]) ?? throw Headless(source, "its first line is empty");
        _columns = new CsvColumns(_isMalformed ? throw Headless(source, "the quotes of its first row do not match") : names, fields, source);
    }

    /// <inheritdoc/>
    public SourceRow? Decode(long offset, long line, ReadOnlyMemory<byte> bytes) =>
        offset == 0 ? null : Read(bytes, csv => _columns.Row(csv, new SourceRow(offset, line, null, null))) is not { } row ? null
        : _isMalformed ? row with { Text = null, Ids = null, Fault = RowFault.Unreadable("its quotes do not match") }
        : row;

    /// <summary>The error that a file does not say what its columns are.</summary>
    public static GptxException Headless(string source, string why) =>
        new(GptxErrorKind.InvalidInput, "InputDamaged", $"{source} has no header: {why}; the first row must name the columns");

    // Where the library sees more than one record, a line end stands where none may: within quotes that are none, or alone as a carriage return.
    private T? Read<T>(ReadOnlyMemory<byte> bytes, Func<CsvReader, T> read)
        where T : class
    {
        _isMalformed = false;
        using var csv = CsvReader.Create(bytes, _options);
        if (!csv.Read())
        {
            return null;
        }

        var first = read(csv);
        _isMalformed |= csv.Read();
        return first;
    }
}
