namespace Gptx.Rows;

/// <summary>Finds where records end in bytes that come piece by piece.</summary>
internal interface IRecordEnds
{
    /// <summary>The place of the line feed that ends the record; -1 where it goes on in the next piece. After an end a new record begins.</summary>
    int Find(ReadOnlySpan<byte> piece);
}

/// <summary>Each line feed ends a record.</summary>
internal sealed class LineEnds : IRecordEnds
{
    public int Find(ReadOnlySpan<byte> piece) => piece.IndexOf((byte)'\n');
}
