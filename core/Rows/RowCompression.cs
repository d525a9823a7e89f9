namespace Gptx.Rows;

/// <summary>How a file is compressed.</summary>
public enum RowCompression
{
    /// <summary>Not at all: units can be read without what stands before them.</summary>
    None,

    /// <summary>gzip, one member or several.</summary>
    Gzip,

    /// <summary>Zstandard.</summary>
    Zstandard,
}
