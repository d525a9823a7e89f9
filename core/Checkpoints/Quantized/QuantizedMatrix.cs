namespace Gptx.Checkpoints;

/// <summary>A matrix [rows, columns] in blocks of 32 neighbours of a row, read as integers and scales. Several threads may read at a time.</summary>
/// <param name="rows">Rows: what a product gives.</param>
/// <param name="columns">Columns, whole blocks: what a product reads.</param>
/// <param name="form">How blocks are kept.</param>
internal abstract class QuantizedMatrix(long rows, int columns, BlockForm form)
{
    /// <summary>The most columns; a wider matrix is widened.</summary>
    public const int MostColumns = 1 << 24;

    /// <summary>Rows.</summary>
    public long Rows => rows;

    /// <summary>Columns.</summary>
    public int Columns => columns;

    /// <summary>Blocks of a row.</summary>
    public int Blocks => columns / BlockForm.Length;

    /// <summary>How blocks are kept.</summary>
    public BlockForm Form => form;

    /// <summary>Reads the blocks of neighbouring rows, row after row.</summary>
    public abstract void Read(long first, int count, BlockRow into);
}
