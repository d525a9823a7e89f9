namespace Gptx.Rows;

/// <summary>How much is held of a source at a time.</summary>
/// <param name="RowBytes">A longer row is a row error, and read over without being held. Default 16 MiB: more than a long book.</param>
/// <param name="UnitBytes">The stretch whose rows are a unit of work. Default 256 KiB: long enough to sort a thousand rows by length, short enough to share out.</param>
/// <param name="GroupBytes">The most memory that a row group of Parquet may take, whose columns are read whole; one that takes more is refused. Default 1 GiB.</param>
public sealed record RowLimits(int RowBytes = 16 << 20, long UnitBytes = 256 << 10, long GroupBytes = 1L << 30);
