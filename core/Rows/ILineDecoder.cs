namespace Gptx.Rows;

/// <summary>What a line says.</summary>
internal interface ILineDecoder
{
    /// <summary>The row of a line; null where the line holds none.</summary>
    SourceRow? Decode(long offset, long line, ReadOnlyMemory<byte> bytes);
}
