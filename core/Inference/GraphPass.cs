using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Gptx.Onnx;

namespace Gptx.Inference;

/// <summary>The forward pass that an architecture of ours writes, over the weights of a checkpoint.</summary>
internal sealed class GraphPass : IForwardPass
{
    private readonly CheckpointFolder _checkpoint;
    private readonly Graph _graph;
    private readonly SessionSettings _settings;
    private readonly WeightStore _weights;
    private readonly SessionPool _sessions;

    /// <summary>Runs a transformer over a checkpoint, which is closed after the last session.</summary>
    public GraphPass(CheckpointFolder checkpoint, Transformer transformer, Device device, LoadOptions options)
    {
        _checkpoint = checkpoint;
        Device = device;
        _graph = transformer.Graph;
        _settings = new SessionSettings(device.CudaIndex, options.Threads, WeightsFolder(checkpoint));
        _weights = new WeightStore(checkpoint.Tensors);
        _sessions = new SessionPool(Open, FreeMemory);
        Transformer = transformer;
        UsedTensors = [.. _graph.Operations.OfType<WeightOperation>().Select(weight => weight.Name)];
    }

    /// <inheritdoc/>
    public Transformer Transformer { get; }

    /// <inheritdoc/>
    public Device Device { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> ActivationNames => [.. _graph.Activations.Select(named => named.Name)];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> UsedTensors { get; }

    /// <inheritdoc/>
    public WeightFacts Weights
    {
        get
        {
            var used = UsedTensors.Select(name => _checkpoint.Tensors[name]).ToList();
            return new WeightFacts(
                used.Sum(tensor => tensor.Count),
                used.Sum(tensor => tensor.ByteLength),
                [.. used.Select(tensor => tensor.ElementType.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                _checkpoint.Tensors.Count,
                [.. _checkpoint.Tensors.Keys.Except(UsedTensors, StringComparer.Ordinal)],
                [.. _checkpoint.Files.Select(file => file.Path)]);
        }
    }

    /// <inheritdoc/>
    public long WidenedWeightBytes => _weights.PrivateBytes;

    /// <inheritdoc/>
    public string? WhyMissing(string name) => null;

    /// <inheritdoc/>
    public ActivationCache Run(
        IReadOnlyList<IReadOnlyList<int>> rows, IReadOnlyList<IReadOnlyList<int>>? tokenTypes, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var batch = new TokenBatch(rows, tokenTypes);
        using var lease = _sessions.Rent(names, CacheForm.None);
        var outputs = lease.Session.Run(input => batch[input], rows.Count, cancellation);
        var activations = outputs.Select(output => new Activation(output.Name, output.Shape, output.Owner.Memory)).ToList();
        return new ActivationCache(activations, batch.Lengths, new OwnedOutputs(outputs));
    }

    /// <inheritdoc/>
    public KeyValueCache CreateCache(int mostRows, int capacity, Action<int> noteLength)
    {
        var shape = Transformer.Shape;
        var layers = _graph.Attentions.Select(attention => attention.Shape).ToList();
        var form = _settings.CudaDevice is null && InPlaceDecoding.Fits(layers) ? CacheForm.InPlace : CacheForm.Growing;
        var lease = _sessions.Rent([ActivationName.Logits], form);
        IDecoding decoding = form == CacheForm.InPlace
            ? new InPlaceDecoding(lease.Session, layers, shape.VocabularySize, mostRows, capacity)
            : new GrowingDecoding(lease.Session, layers, shape.VocabularySize, _settings.CudaDevice);
        return new KeyValueCache(lease, decoding, shape, mostRows, capacity, noteLength, _graph.KeysHoldUpTo);
    }

    /// <inheritdoc/>
    public OnnxModel ToOnnx(IReadOnlyList<string> names) => OnnxLowering.Lower(_graph, new LoweringOptions(names, CacheForm.None, _weights.InFile));

    /// <inheritdoc/>
    public void Dispose() => _sessions.Dispose();

    private OnnxSession Open(IReadOnlyList<string> outputs, CacheForm cache)
    {
        Func<string, StoredWeight> where = _settings.WeightsInMemory ? _weights.InMemory : _weights.InFile;
        return new OnnxSession(OnnxLowering.Lower(_graph, new LoweringOptions(outputs, cache, where)), _weights, _settings);
    }

    private void FreeMemory()
    {
        _weights.Dispose();
        _checkpoint.Dispose();
    }

    /// <summary>The folder in which the files really lie: a hub cache links to them.</summary>
    private static string WeightsFolder(CheckpointFolder checkpoint) => Path.GetDirectoryName(checkpoint.Files[0].ResolvedPath)!;
}
