namespace Gptx.Rows;

/// <summary>The reader of a source, by its format.</summary>
public static class RowReaders
{
    /// <summary>The reader of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="index">Which source of the job it is, from 0.</param>
    /// <param name="fields">The fields that are read; given fields make lines of a text JSON.</param>
    /// <param name="limits">How much is held at a time.</param>
    /// <param name="mayBeChat">Whether rows of JSON may be conversations.</param>
    public static IRowReader Of(RowSource source, int index, RowFields fields, RowLimits limits, bool mayBeChat = false) => source.Format switch
    {
        RowFormat.Csv => new CsvRowReader(source, index, fields, limits, ','),
        RowFormat.Tsv => new CsvRowReader(source, index, fields, limits, '\t'),
        RowFormat.Parquet => new ParquetRowReader(source, index, fields, limits),
        _ => new LineRowReader(source, index, LineDecoders.Of(source.Format, fields, mayBeChat), limits),
    };
}
