namespace Gptx.Tool.Output;

/// <summary>The forms in which results are written.</summary>
internal enum OutputFormat
{
    /// <summary>For a person: tables, bars, maps.</summary>
    Table,

    /// <summary>Plain text.</summary>
    Text,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>A JSON object a line.</summary>
    JsonLines,

    /// <summary>Comma-separated values with a header.</summary>
    Csv,
}
