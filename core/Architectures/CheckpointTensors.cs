using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// The tensors of a checkpoint under the names that an architecture knows them by: files on the hub have them with and without a
/// prefix such as <c>transformer.</c>.
/// </summary>
/// <param name="tensors">The checkpoint's tensors by their names.</param>
/// <param name="source">The folder or file, for messages.</param>
public sealed class CheckpointTensors(IReadOnlyDictionary<string, CheckpointTensor> tensors, string source)
{
    private readonly List<string> _prefixes = [""];

    /// <summary>From here on names are looked up with this prefix first, then without.</summary>
    public void TryPrefix(string prefix) => _prefixes.Insert(0, prefix);

    /// <summary>The checkpoint's own name of a tensor, or null if it has none.</summary>
    public string? Find(string name) =>
        _prefixes.Select(prefix => prefix + name).FirstOrDefault(tensors.ContainsKey) ?? (OldName(name) is { } old ? _prefixes.Select(prefix => prefix + old).FirstOrDefault(tensors.ContainsKey) : null);

    /// <summary>A weight of the graph, checked against the shape that the config implies.</summary>
    /// <exception cref="GptxException"><c>TensorMissing</c> or <c>TensorShapeWrong</c>.</exception>
    public Value Weight(Graph graph, string name, params IReadOnlyList<int> shape)
    {
        var found = Find(name) ?? throw new GptxException(
            GptxErrorKind.ModelNotLoadable,
            "TensorMissing",
            $"{source}: tensor '{_prefixes[0]}{name}' is missing: config.json asks for it with shape [{string.Join(", ", shape)}]");
        var tensor = tensors[found];
        if (!tensor.Shape.SequenceEqual(shape.Select(size => (long)size)))
        {
            throw new GptxException(
                GptxErrorKind.ModelNotLoadable,
                "TensorShapeWrong",
                $"{source}: tensor '{found}' has shape [{string.Join(", ", tensor.Shape)}], but config.json asks for [{string.Join(", ", shape)}]");
        }

        return graph.Weight(found, tensor.Shape);
    }

    /// <summary>What the first BERT checkpoints call the two vectors of a norm.</summary>
    private static string? OldName(string name) => name switch
    {
        _ when name.EndsWith("LayerNorm.weight", StringComparison.Ordinal) => name[..^"weight".Length] + "gamma",
        _ when name.EndsWith("LayerNorm.bias", StringComparison.Ordinal) => name[..^"bias".Length] + "beta",
        _ => null,
    };
}
