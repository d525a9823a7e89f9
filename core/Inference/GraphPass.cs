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
    /// <summary>Sessions with quantized matrices pack a copy each, so fewer are kept.</summary>
    private const int MostPackedSessions = 3;

    private readonly CheckpointFolder _checkpoint;
    private readonly Graph _graph;
    private readonly SessionSettings _settings;
    private readonly WeightStore _weights;
    private readonly SessionPool _sessions;
    private readonly bool _computesInInt8;
    private readonly bool _packs;
    private readonly SharedUse _use;

    /// <summary>Runs a transformer over a checkpoint, which is closed after the last session.</summary>
    public GraphPass(CheckpointFolder checkpoint, Transformer transformer, Device device, LoadOptions options)
    {
        _checkpoint = checkpoint;
        Device = device;
        _graph = transformer.Graph;
        _settings = new SessionSettings(device.CudaIndex, options.Threads, WeightsFolder(checkpoint));
        Tensors = PreciseTensors.Of(checkpoint.Tensors, _graph, options.Precision);
        _weights = new WeightStore(Tensors, options.Cache);
        _computesInInt8 = options.Compute == Compute.Int8;
        Transformer = transformer;
        UsedTensors = [.. _graph.Operations.OfType<WeightOperation>().Select(weight => weight.Name)];
        var packs = _settings.WeightsInMemory && UsedTensors.Any(name => _weights.StaysQuantized(name));
        _use = new SharedUse(FreeMemory);
        _sessions = packs ? new SessionPool(Open, _use.End, MostPackedSessions) : new SessionPool(Open, _use.End);
    }

    // Weights and checkpoint are the other's, and are closed after the last session of both.
    private GraphPass(GraphPass other)
    {
        (_checkpoint, _graph, _weights, _computesInInt8) = (other._checkpoint, other._graph, other._weights, other._computesInInt8);
        (Device, Transformer, Tensors, UsedTensors) = (other.Device, other.Transformer, other.Tensors, other.UsedTensors);
        _settings = other._settings with { Threads = 1 };
        _packs = true;
        _use = other._use;
        _use.Begin();
        _sessions = new SessionPool(Open, _use.End, MostPackedSessions);
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
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors { get; }

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
                [.. _checkpoint.Files.Select(file => file.Path)],
                _settings.WeightsInMemory ? Lower(new SessionForm([ActivationNames[^1]], CacheForm.None)).WeightBytes : used.Sum(tensor => tensor.ByteLength));
        }
    }

    /// <inheritdoc/>
    public long WidenedWeightBytes => _weights.PrivateBytes;

    /// <inheritdoc/>
    public string? WhyMissing(string name) => null;

    /// <summary>The forward pass, for those who read how it is made.</summary>
    public Graph Graph => _graph;

    /// <inheritdoc/>
    public ActivationCache Run(
        IReadOnlyList<IReadOnlyList<int>> rows,
        IReadOnlyList<IReadOnlyList<int>>? tokenTypes,
        IReadOnlyList<string> names,
        IReadOnlyList<Intervention> interventions,
        CancellationToken cancellation)
    {
        var batch = new TokenBatch(rows, tokenTypes);
        var feed = InterventionFeed.Of(_graph, interventions, batch.Lengths);
        return Run(batch, new SessionForm(names, CacheForm.None) { Changed = feed.Names }, feed.Inputs, cancellation);
    }

    /// <inheritdoc/>
    public ActivationCache RunFrom(string start, float[] values, int positions, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var batch = new TokenBatch([new int[positions]]);
        var fed = new OnnxInput(InterventionLowering.Fed(start), [1, positions, values.Length / positions], values);
        return Run(batch, new SessionForm(names, CacheForm.None) { Fed = start }, [fed], cancellation);
    }

    /// <inheritdoc/>
    public KeyValueCache CreateCache(int mostRows, int capacity, Action<int> noteLength, IReadOnlyList<Intervention> interventions)
    {
        var shape = Transformer.Shape;
        var layers = _graph.Attentions.Select(attention => attention.Shape).ToList();
        var form = _settings.CudaDevice is null && InPlaceDecoding.Fits(layers) ? CacheForm.InPlace : CacheForm.Growing;
        var feed = InterventionFeed.AtEveryPosition(_graph, interventions);
        var lease = _sessions.Rent(new SessionForm([ActivationName.Logits], form) { Changed = feed.Names });
        var fed = new FedInputs(feed.Inputs);
        IDecoding decoding = form == CacheForm.InPlace
            ? new InPlaceDecoding(lease.Session, layers, shape.VocabularySize, mostRows, capacity, fed)
            : new GrowingDecoding(lease.Session, layers, shape.VocabularySize, _settings.CudaDevice, fed);
        return new KeyValueCache(lease, decoding, shape, mostRows, capacity, noteLength, _graph.KeysHoldUpTo);
    }

    /// <inheritdoc/>
    public IForwardPass ForBatches() => _settings.CudaDevice is null ? new GraphPass(this) : this;

    /// <inheritdoc/>
    public OnnxModel ToOnnx(IReadOnlyList<string> names) => OnnxLowering.Lower(_graph, new LoweringOptions(names, CacheForm.None, _weights.InFile));

    /// <inheritdoc/>
    public void Dispose() => _sessions.Dispose();

    private OnnxSession Open(SessionForm form) => new(Lower(form), _weights, _settings);

    private OnnxModel Lower(SessionForm form) => OnnxLowering.Lower(_graph, (_settings.WeightsInMemory
        ? new LoweringOptions(form.Outputs, form.Cache, _packs && form.Cache == CacheForm.None ? _weights.InMemoryPacked : _weights.InMemory) { Blocks = _weights.Blocks, Int8Activations = _computesInInt8 }
        : new LoweringOptions(form.Outputs, form.Cache, _weights.InFile)) with
    {
        Changed = form.Changed,
        Fed = form.Fed,
    });

    private ActivationCache Run(TokenBatch batch, SessionForm form, IReadOnlyList<OnnxInput> fed, CancellationToken cancellation)
    {
        using var lease = _sessions.Rent(form);
        var outputs = lease.Session.Run(input => batch[input], batch.Lengths.Count, fed, cancellation);
        var activations = outputs.Select(output => new Activation(output.Name, output.Shape, output.Owner.Memory)).ToList();
        return new ActivationCache(activations, batch.Lengths, new OwnedOutputs(outputs));
    }

    private void FreeMemory()
    {
        _weights.Dispose();
        _checkpoint.Dispose();
    }

    /// <summary>The folder in which the files really lie: a hub cache links to them.</summary>
    private static string WeightsFolder(CheckpointFolder checkpoint) => Path.GetDirectoryName(checkpoint.Files[0].ResolvedPath)!;
}
