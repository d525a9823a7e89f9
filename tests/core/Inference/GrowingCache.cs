using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Gptx.Inference;
using Gptx.Onnx;

namespace Gptx.Tests.Inference;

/// <summary>A cache in the growing form, which CUDA uses, on the CPU.</summary>
internal sealed class GrowingCache : IDisposable
{
    private readonly CheckpointFolder _folder;
    private readonly WeightStore _weights;
    private readonly SessionPool _pool;

    public GrowingCache(RandomGpt2 checkpoint)
        : this(checkpoint.Folder)
    {
    }

    public GrowingCache(string folder, params IReadOnlyList<Intervention> interventions)
    {
        OnnxRuntimeLibrary.EnsureLoaded();
        _folder = CheckpointFolder.Open(folder);
        var transformer = ArchitectureCatalog.For(_folder.Config).Build(_folder.Config, new CheckpointTensors(_folder.Tensors, folder));
        _weights = new WeightStore(_folder.Tensors);
        _pool = new SessionPool(Open, () => { });
        OnnxSession Open(SessionForm form) => new(
            OnnxLowering.Lower(transformer.Graph, new LoweringOptions(form.Outputs, form.Cache, _weights.InMemory) { Changed = form.Changed }), _weights, new SessionSettings(null, 1, folder));

        var feed = InterventionFeed.AtEveryPosition(transformer.Graph, interventions);
        var lease = _pool.Rent(new SessionForm([ActivationName.Logits], CacheForm.Growing) { Changed = feed.Names });
        AttentionShape[] layers = [.. transformer.Graph.Attentions.Select(attention => attention.Shape)];
        var decoding = new GrowingDecoding(lease.Session, layers, transformer.Shape.VocabularySize, null, new FedInputs(feed.Inputs));
        Cache = new KeyValueCache(lease, decoding, transformer.Shape, 8, transformer.Shape.ContextLength, null, transformer.Graph.KeysHoldUpTo);
    }

    public KeyValueCache Cache { get; }

    public void Dispose()
    {
        Cache.Dispose();
        _pool.Dispose();
        _weights.Dispose();
        _folder.Dispose();
    }
}
