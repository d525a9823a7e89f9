using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>The layers of torch over the tensors of a checkpoint, by the names under which it stores them.</summary>
/// <param name="config">The checkpoint's config.</param>
/// <param name="tensors">The checkpoint's tensors.</param>
internal class Layers(ModelConfig config, CheckpointTensors tensors)
{
    /// <summary>The forward pass that is being written.</summary>
    public Graph Graph { get; } = new();

    /// <summary>The checkpoint's config.</summary>
    public ModelConfig Config => config;

    /// <summary>The checkpoint's tensors.</summary>
    public CheckpointTensors Tensors => tensors;

    /// <summary>A tensor of the checkpoint, checked against the shape that the config implies.</summary>
    public Value Weight(string name, params IReadOnlyList<int> shape) => tensors.Weight(Graph, name, shape);

    /// <summary>torch's Linear, stored [out, in], with or without a bias.</summary>
    public Value Linear(Value x, string name, int output, bool bias = false) =>
        Graph.Linear(x, Weight(name + ".weight", output, x.Width), bias ? Weight(name + ".bias", output) : null, WeightLayout.OutIn);

    /// <summary>torch's LayerNorm over the last dimension, or over each of so many heads.</summary>
    public Value LayerNorm(Value x, string name, float epsilon, bool bias = true, int heads = 1)
    {
        var width = x.Width / heads;
        return Graph.LayerNorm(x, Weight(name + ".weight", width), bias ? Weight(name + ".bias", width) : null, epsilon, heads);
    }

    /// <summary>RMSNorm over the last dimension, or over each of so many heads; the offset is added to the scale.</summary>
    public Value RmsNorm(Value x, string name, float epsilon, float offset = 0, int heads = 1) =>
        Graph.RmsNorm(x, Weight(name + ".weight", x.Width / heads), epsilon, offset, heads);
}
