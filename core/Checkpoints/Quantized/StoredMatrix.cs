using System.Buffers;

namespace Gptx.Checkpoints;

/// <summary>A matrix whose blocks lie in its file; its rows may lie there in another order.</summary>
internal sealed class StoredMatrix : QuantizedMatrix
{
    private readonly CheckpointTensor _stored;
    private readonly BlockParts _parts;
    private readonly Func<long, long>? _rowInFile;
    private readonly int _rowBytes;

    private StoredMatrix(CheckpointTensor stored, BlockParts parts, Func<long, long>? rowInFile)
        : base(stored.Shape[0], (int)stored.Shape[1], parts.Form)
    {
        _stored = stored;
        _parts = parts;
        _rowInFile = rowInFile;
        _rowBytes = (int)(stored.ByteLength / stored.Shape[0]);
    }

    /// <summary>The tensor as blocks; null where it is no matrix of a type that can be taken apart into them.</summary>
    public static StoredMatrix? Of(CheckpointTensor stored, Func<long, long>? rowInFile = null) =>
        stored.Shape is [> 0, > 0 and <= MostColumns] && BlockFormat.Of(stored.ElementType)?.Parts is { } parts ? new StoredMatrix(stored, parts, rowInFile) : null;

    /// <inheritdoc/>
    public override void Read(long first, int count, BlockRow into)
    {
        // In another order each row is read by itself.
        var together = _rowInFile is null ? count : 1;
        var bytes = ArrayPool<byte>.Shared.Rent(together * _rowBytes);
        for (var row = 0; row < count; row += together)
        {
            var blocks = bytes.AsSpan(0, together * _rowBytes);
            _stored.ReadBytes((_rowInFile?.Invoke(first + row) ?? first) * _rowBytes, blocks);
            _parts.Unpack(blocks, into.Slice(row * Blocks, together * Blocks));
        }

        ArrayPool<byte>.Shared.Return(bytes);
    }
}
