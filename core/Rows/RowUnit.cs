namespace Gptx.Rows;

/// <summary>
/// A unit of work: the rows that begin in one stretch of a source. Rows are sorted and batched within a unit and never across, and shards share out units, so
/// that what is computed together depends on the input alone.
/// </summary>
/// <param name="Source">Which source, from 0.</param>
/// <param name="Number">Which stretch of it, from 0; stretches in which no row begins have no unit.</param>
/// <param name="Rows">The rows in their order.</param>
/// <param name="Lines">How many lines they take.</param>
/// <param name="Hash">A hash of their bytes (XXH128), by which a later run tells whether the source is still the same.</param>
public sealed record RowUnit(int Source, long Number, IReadOnlyList<SourceRow> Rows, long Lines, UInt128 Hash)
{
    /// <summary>How much of its source was read when the unit was, from 0 to 1; null where nobody knows how long the source is.</summary>
    public double? PartRead { get; init; }
}
