namespace Gptx.Rows;

/// <summary>Reads one source of rows, unit by unit.</summary>
public interface IRowReader
{
    /// <summary>The units of the source that are wanted, in order, with all their rows.</summary>
    /// <param name="isWanted">Whether the unit of a number is wanted; others are passed over, and where the format allows it not even read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="GptxException">The source cannot be read on (<c>InputNotReadable</c>, <c>InputDamaged</c>).</exception>
    IEnumerable<RowUnit> Units(Func<long, bool> isWanted, CancellationToken cancellation);
}
