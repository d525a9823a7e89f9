using System.Numerics.Tensors;
using Gptx.Embeddings;

namespace Gptx.Analyses;

/// <summary>Gathers rows into blocks of a few megabytes, in memory that is used again and again.</summary>
/// <param name="name">What messages call the rows.</param>
internal sealed class BlockBuilder(string name)
{
    private const int BlockBytes = 4 << 20;
    private const int MostRows = 8192;

    private readonly List<RowLabel> _labels = [];
    private float[] _values = [];
    private bool _isTaken;

    /// <summary>The numbers of a row; 0 before the first.</summary>
    public int Width { get; private set; }

    /// <summary>The rows that are gathered.</summary>
    public int Count => _isTaken ? 0 : _labels.Count;

    /// <summary>Whether another row belongs into another block.</summary>
    public bool IsFull => !_isTaken && _labels.Count > 0 && _labels.Count == Capacity;

    private int Capacity => Math.Clamp(BlockBytes / sizeof(float) / Width, 1, MostRows);

    /// <summary>Takes a row.</summary>
    /// <exception cref="GptxException"><c>WidthMismatch</c>, <c>VectorNotFinite</c>.</exception>
    public void Add(RowLabel label, ReadOnlySpan<float> vector)
    {
        if (_isTaken)
        {
            _labels.Clear();
            _isTaken = false;
        }

        Begin(vector.Length);
        Check(name, label.RowId, vector, Width);
        vector.CopyTo(_values.AsSpan(_labels.Count * Width));
        _labels.Add(label);
    }

    /// <summary>What was gathered; the next row begins anew.</summary>
    public VectorBlock Take(double? share = null)
    {
        _isTaken = true;
        return new VectorBlock(_labels, _values.AsMemory(0, _labels.Count * Width), Width) { Share = share };
    }

    /// <summary>Refuses a vector that does not belong among the others.</summary>
    public static void Check(string name, object rowId, ReadOnlySpan<float> vector, int width)
    {
        if (vector.Length != width)
        {
            throw VectorChecks.Refuse("WidthMismatch", $"{name}: the vector of row {rowId} has {vector.Length} numbers, the others have {width}");
        }

        if (!float.IsFinite(TensorPrimitives.MaxMagnitude(vector)))
        {
            throw VectorChecks.NotFinite($"{name}: the vector of row {rowId}");
        }
    }

    private void Begin(int width)
    {
        if (Width == 0)
        {
            Width = width > 0 ? width : throw VectorChecks.Refuse("VectorFileInvalid", $"{name}: the first vector has no numbers");
            _values = new float[(long)Capacity * Width];
        }
    }
}
