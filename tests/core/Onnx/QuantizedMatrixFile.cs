using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Gptx.Onnx;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Onnx;

/// <summary>A GGUF file with one quantized matrix of random blocks, and graphs that look rows up in it and multiply by it.</summary>
internal sealed class QuantizedMatrixFile : IDisposable
{
    /// <summary>Rows of the table whose rows are multiplied.</summary>
    public const int Inputs = 24;

    private static readonly Dictionary<ElementType, (uint Number, int[] Halves)> Known = new()
    {
        [ElementType.Q4_0] = (2, [0]),
        [ElementType.Q4_1] = (3, [0, 2]),
        [ElementType.Q4_K] = (12, [0, 2]),
        [ElementType.Q8_0] = (8, [0]),
    };

    private readonly TemporaryFolder _folder = new();
    private readonly GgufFile _file;
    private readonly WeightStore _weights;

    public QuantizedMatrixFile(ElementType type, int rows, int columns, int seed)
    {
        var random = new Random(seed);
        (Rows, Columns) = (rows, columns);
        Table = [.. Enumerable.Range(0, Inputs * columns).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        Bias = [.. Enumerable.Range(0, rows).Select(_ => (float)random.NextDouble())];
        var bytes = new byte[(long)rows * columns / type.BlockLength() * type.BlockBytes()];
        random.NextBytes(bytes);
        for (var block = 0; block < bytes.Length; block += type.BlockBytes())
        {
            foreach (var at in Known[type].Halves)
            {
                BitConverter.TryWriteBytes(bytes.AsSpan(block + at), (Half)((random.NextDouble() - 0.4) / 10));
            }
        }

        var file = new GgufBytes().Add("general.architecture", "none")
            .Tensor("matrix", [(ulong)columns, (ulong)rows], Known[type].Number, bytes)
            .Tensor("table", [Inputs, columns], Table)
            .Tensor("bias", [rows], Bias);
        _file = GgufFile.Open(_folder.Write("model.gguf", file.ToArray()));
        _weights = new WeightStore(_file.Tensors);
    }

    public int Rows { get; }

    public int Columns { get; }

    public float[] Table { get; }

    public float[] Bias { get; }

    /// <summary>The widened matrix, row by row.</summary>
    public float[] Widened => _file.Tensors["matrix"].ReadSingles();

    /// <summary>Rows of the table times the matrix, and the bias where it is wanted.</summary>
    public float[] Multiply(long[] ids, bool withBias, bool int8 = false) => Run(ids, int8, graph => graph.Linear(
        graph.Embedding(graph.Tokens(), graph.Weight("table", Inputs, Columns)),
        graph.Weight("matrix", Rows, Columns),
        withBias ? graph.Weight("bias", Rows) : null,
        WeightLayout.OutIn));

    /// <summary>Rows of the matrix.</summary>
    public float[] LookUp(long[] ids) => Run(ids, int8: false, graph => graph.Embedding(graph.Tokens(), graph.Weight("matrix", Rows, Columns)));

    public void Dispose()
    {
        _weights.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }

    private float[] Run(long[] ids, bool int8, Func<Graph, Value> write)
    {
        var graph = new Graph();
        graph.Name("y", write(graph));
        var kept = 0;
        var model = OnnxLowering.Lower(graph, new LoweringOptions(["y"], CacheForm.None, _weights.InMemory)
        {
            Int8Activations = int8,
            Blocks = (names, storedInOut) =>
            {
                var found = _weights.Blocks(names, storedInOut);
                kept += found is null ? 0 : 1;
                return found;
            },
        });
        Assert.Equal(1, kept);
        Assert.DoesNotContain("matrix", model.Weights);
        using var session = new OnnxSession(model, _weights, new SessionSettings(null, 1, _folder.Path));

        // A second session of the same weights: what the first one packed was given back and is written anew.
        using var second = new OnnxSession(model, _weights, new SessionSettings(null, 2, _folder.Path));
        var outputs = second.Run(_ => ids, 1, TestContext.Current.CancellationToken);
        var first = session.Run(_ => ids, 1, TestContext.Current.CancellationToken);
        Assert.Equal(outputs[0].Owner.Memory.ToArray(), first[0].Owner.Memory.ToArray());
        return outputs[0].Owner.Memory.ToArray();
    }
}
