namespace Gptx.Rows;

/// <summary>How much is held of a source at a time.</summary>
/// <param name="RowBytes">A longer row is a row error, and read over without being held. Default 16 MiB: more than a long book.</param>
/// <param name="UnitBytes">The stretch whose rows are a unit of work. Default 256 KiB: long enough to sort a thousand rows by length, short enough to share out.</param>
public sealed record RowLimits(int RowBytes = 16 << 20, long UnitBytes = 256 << 10);
