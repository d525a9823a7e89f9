namespace Gptx.Analyses;

/// <summary>Rows with vectors, read from their beginning in blocks: a file, a table of a database, texts that are embedded as they come.</summary>
public interface IVectorRows
{
    /// <summary>What messages call it.</summary>
    string Name { get; }

    /// <summary>Which model the vectors are of, and how they were made, as far as that is known.</summary>
    VectorOrigin Origin { get; }

    /// <summary>All rows, in their order.</summary>
    /// <exception cref="GptxException"><c>VectorFileInvalid</c>, <c>WidthMismatch</c>, <c>VectorNotFinite</c>: the message names the row; <c>InputNotReadable</c>, <c>InputDamaged</c>.</exception>
    IEnumerable<VectorBlock> Blocks(CancellationToken cancellation);
}
