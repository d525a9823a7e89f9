namespace Gptx.Rows;

/// <summary>What a line says.</summary>
public interface ILineDecoder
{
    /// <summary>The row of a line; null where the line holds none.</summary>
    /// <param name="offset">Where the line begins in its source.</param>
    /// <param name="line">The number of the line, from 0.</param>
    /// <param name="bytes">The line without its end; the row does not keep them.</param>
    SourceRow? Decode(long offset, long line, ReadOnlyMemory<byte> bytes);
}
