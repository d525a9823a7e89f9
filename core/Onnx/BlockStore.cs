using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>
/// The matrices of a model that stay quantized, in the parts that ONNX Runtime's operators read. Integers that a session packs into memory of its own are
/// given back once it is open, and written anew for the next one: so nothing is held twice. Scales and minima are shared by all sessions.
/// </summary>
internal sealed class BlockStore(IReadOnlyDictionary<string, CheckpointTensor> tensors) : IDisposable
{
    private readonly Dictionary<string, (BlockWeight Weight, QuantizedMatrix Matrix, BlockPart Part)> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (NativeBlock Memory, OrtValue Value)> _filled = new(StringComparer.Ordinal);

    /// <summary>Bytes of memory that its parts take now.</summary>
    public long PrivateBytes => _filled.Values.Sum(part => part.Memory.Bytes);

    /// <summary>How a matrix, or several as one, stays quantized; null where they do not.</summary>
    /// <param name="names">The tensors' names.</param>
    /// <param name="storedInOut">Whether they are matrices [in, out], whose columns are blocks.</param>
    public BlockWeight? Find(IReadOnlyList<string> names, bool storedInOut)
    {
        if (JoinedMatrix.Of([.. names.Select(name => tensors[name].Blocks(storedInOut))]) is not { } matrix)
        {
            return null;
        }

        var weight = new BlockWeight(
            string.Join('+', names),
            Path.GetFileName(tensors[names[0]].FilePath),
            matrix.Form.Bits,
            matrix.Form.Offset == BlockOffset.ZeroPoint,
            matrix.Form.Offset == BlockOffset.Minimum,
            matrix.Rows,
            matrix.Columns);
        foreach (var part in Enum.GetValues<BlockPart>())
        {
            _parts.TryAdd(weight.NameOf(part), (weight, matrix, part));
        }

        return weight;
    }

    /// <summary>The memory of a part; null where the name is that of no part.</summary>
    public OrtValue? Value(string name)
    {
        if (!_parts.TryGetValue(name, out var known))
        {
            return null;
        }

        if (!_filled.TryGetValue(name, out var filled))
        {
            var memory = new NativeBlock(known.Weight.BytesOf(known.Part), KernelPacking.Packs(known.Part, known.Weight.Bits));
            BlockPacking.Fill(known.Matrix, known.Part, memory);
            filled = (memory, memory.ToTensor(BlockWeight.TypeOf(known.Part) == DataType.Float32, known.Weight.ShapeOf(known.Part)));
            _filled.Add(name, filled);
        }

        return filled.Value;
    }

    /// <summary>Frees what open sessions have packed into memory of their own.</summary>
    public void FreePacked()
    {
        foreach (var name in _filled.Keys.Where(name => KernelPacking.Packs(_parts[name].Part, _parts[name].Weight.Bits)).ToList())
        {
            Free(name);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var name in _filled.Keys.ToList())
        {
            Free(name);
        }
    }

    private void Free(string name)
    {
        _filled.Remove(name, out var part);
        part.Value.Dispose();
        part.Memory.Dispose();
    }
}
