namespace Gptx.Rows;

/// <summary>How the rows of a file are written.</summary>
public enum RowFormat
{
    /// <summary>A text a line, UTF-8.</summary>
    Text,

    /// <summary>A JSON object a line.</summary>
    JsonLines,

    /// <summary>Comma-separated values (RFC 4180) with a header.</summary>
    Csv,

    /// <summary>The same with tabs.</summary>
    Tsv,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
