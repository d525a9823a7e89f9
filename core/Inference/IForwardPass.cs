using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Inference;

/// <summary>What a model runs: a graph of our own over a checkpoint's tensors, or the graph that an ONNX file brings.</summary>
internal interface IForwardPass : IDisposable
{
    /// <summary>What it is: sizes and kind.</summary>
    Transformer Transformer { get; }

    /// <summary>Where it computes.</summary>
    Device Device { get; }

    /// <summary>The names of its activations, in the order of the forward pass.</summary>
    IReadOnlyList<string> ActivationNames { get; }

    /// <summary>The names of the checkpoint's tensors that it reads.</summary>
    IReadOnlyCollection<string> UsedTensors { get; }

    /// <summary>The checkpoint's tensors with the numbers that it computes with; none of an ONNX model.</summary>
    IReadOnlyDictionary<string, CheckpointTensor> Tensors { get; }

    /// <summary>What its weights amount to.</summary>
    WeightFacts Weights { get; }

    /// <summary>Bytes of private memory that hold widened weights.</summary>
    long WidenedWeightBytes { get; }

    /// <summary>Why no activation matches a name that others have; null where there is nothing to say.</summary>
    string? WhyMissing(string name);

    /// <summary>Runs rows, checked, and hands out activations of these names; token types, where a model tells kinds of tokens apart, are as many as ids.</summary>
    ActivationCache Run(
        IReadOnlyList<IReadOnlyList<int>> rows,
        IReadOnlyList<IReadOnlyList<int>>? tokenTypes,
        IReadOnlyList<string> names,
        IReadOnlyList<Intervention> interventions,
        CancellationToken cancellation);

    /// <summary>Computes on from an activation, [1, positions, width], that is given: nothing before it is computed.</summary>
    ActivationCache RunFrom(string start, float[] values, int positions, IReadOnlyList<string> names, CancellationToken cancellation);

    /// <summary>Room for rows that grow token by token; <paramref name="noteLength"/> is told of each length. What is put in is put in at every position.</summary>
    KeyValueCache CreateCache(int mostRows, int capacity, Action<int> noteLength, IReadOnlyList<Intervention> interventions);

    /// <summary>
    /// The same pass over the same weights for whoever keeps all processors busy with several runs at once: each run takes one, and matrices are packed. Itself where that
    /// makes no difference. It is closed before the pass that it is of.
    /// </summary>
    IForwardPass ForBatches();

    /// <summary>The graph that hands out these activations as an ONNX model.</summary>
    OnnxModel ToOnnx(IReadOnlyList<string> names);
}
