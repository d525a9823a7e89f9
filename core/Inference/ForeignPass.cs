using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Graphs.Foreign;
using Gptx.Graphs.Lowering;
using Gptx.Onnx;

namespace Gptx.Inference;

/// <summary>The graph of an ONNX file, as its exporter wrote it.</summary>
internal sealed class ForeignPass : IForwardPass
{
    private readonly ForeignModel _model;
    private readonly ForeignActivations _activations;
    private readonly ForeignInputs _inputs;
    private readonly SessionSettings _settings;
    private readonly SessionPool _sessions;
    private readonly string _path;

    private ForeignPass(string path, ForeignModel model, Transformer transformer, Device device, SessionSettings settings)
    {
        _path = path;
        _model = model;
        Device = device;
        _settings = settings;
        _inputs = new ForeignInputs(model, transformer.Shape.KeyValueHeads, transformer.Shape.HeadWidth, path);
        _activations = new ForeignActivations(model, transformer.Shape.Blocks);
        _sessions = new SessionPool(form => new OnnxSession(model.ToBytes(form.Outputs), settings, path), () => { });
        Transformer = transformer;
    }

    /// <inheritdoc/>
    public Transformer Transformer { get; }

    /// <inheritdoc/>
    public Device Device { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> ActivationNames => _activations.Names;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> UsedTensors => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors { get; } = new Dictionary<string, CheckpointTensor>();

    /// <inheritdoc/>
    public WeightFacts Weights => ForeignWeights.Of(_model, _path);

    /// <inheritdoc/>
    public long WidenedWeightBytes => 0;

    /// <summary>Reads the ONNX file of a checkpoint.</summary>
    /// <exception cref="GptxException">It is no ONNX model, its weights lie elsewhere, it wants inputs that are not known, or CUDA was asked for and cannot run it.</exception>
    public static ForeignPass Open(CheckpointFolder checkpoint, Device device, LoadOptions options)
    {
        var path = checkpoint.OnnxFile!;
        if (options.Precision != Precision.Auto || options.Compute != Compute.Float32)
        {
            throw PrecisionNames.NotSupported($"{path} is an ONNX model, which is computed as its graph says: precision must be auto and compute float32");
        }

        var (model, folder) = ForeignFile.Read(path);
        var place = ForeignDevice.For(model, path, options.Device, device);
        var task = ForeignTask.Of(checkpoint.Config, model);
        var transformer = new Transformer(checkpoint.Config.ModelType, ForeignShape.Of(checkpoint.Config, model, task), new Graph(), "", null)
        {
            Task = task,
            Labels = task is ModelTask.ClassifyText or ModelTask.ClassifyTokens ? LabelNames.Read(checkpoint.Config, LabelNames.Count(checkpoint.Config)) : null,
            TokenTypes = ForeignTask.TokenTypes(checkpoint.Config, model),
        };
        return new ForeignPass(path, model, transformer, place, new SessionSettings(place.CudaIndex, options.Threads, folder) { IsForeign = true });
    }

    /// <inheritdoc/>
    public string WhyMissing(string name) => _activations.WhyMissing(name);

    /// <inheritdoc/>
    public ActivationCache Run(
        IReadOnlyList<IReadOnlyList<int>> rows,
        IReadOnlyList<IReadOnlyList<int>>? tokenTypes,
        IReadOnlyList<string> names,
        IReadOnlyList<Intervention> interventions,
        CancellationToken cancellation)
    {
        RefuseInterventions(interventions.Count > 0);
        int[] lengths = [.. rows.Select(row => row.Count)];
        string[] wanted = [.. names.Select(name => _activations[name]).Distinct(StringComparer.Ordinal)];
        using var lease = Rent(wanted);
        var groups = RowGroups.Of(lengths);
        if (groups.Count == 1)
        {
            var outputs = Run(lease.Session, rows, tokenTypes, groups[0], wanted, cancellation);
            return new ActivationCache([.. names.Select(name => ToActivation(name, outputs[Array.IndexOf(wanted, _activations[name])]))], lengths, new OwnedOutputs(outputs));
        }

        var merged = new PaddedActivations(lengths);
        foreach (var group in groups)
        {
            var outputs = Run(lease.Session, rows, tokenTypes, group, wanted, cancellation);
            using var owned = new OwnedOutputs(outputs);
            foreach (var name in names)
            {
                merged.Add(group, ToActivation(name, outputs[Array.IndexOf(wanted, _activations[name])]));
            }
        }

        return new ActivationCache(merged.All, lengths);
    }

    /// <inheritdoc/>
    public ActivationCache RunFrom(string start, float[] values, int positions, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        RefuseInterventions(true);
        throw new InvalidOperationException("refused above");
    }

    /// <inheritdoc/>
    public KeyValueCache CreateCache(int mostRows, int capacity, Action<int> noteLength, IReadOnlyList<Intervention> interventions)
    {
        RefuseInterventions(interventions.Count > 0);
        var shape = Transformer.Shape;
        var lease = Rent([ForeignLogits.Name]);
        IDecoding decoding = _inputs.PastNames.Count > 0
            ? new ForeignDecoding(lease.Session, _inputs, shape.VocabularySize)
            : new RepeatedDecoding(lease.Session, _inputs, shape.VocabularySize);
        return new KeyValueCache(lease, decoding, shape, mostRows, capacity, noteLength);
    }

    /// <inheritdoc/>
    public IForwardPass ForBatches() => _settings.CudaDevice is null ? new ForeignPass(_path, _model, Transformer, Device, _settings with { Threads = 1 }) : this;

    /// <inheritdoc/>
    public OnnxModel ToOnnx(IReadOnlyList<string> names) =>
        throw new GptxException(GptxErrorKind.InvalidArgument, "OnnxAlready", $"{_path} is an ONNX model already");

    /// <inheritdoc/>
    public void Dispose() => _sessions.Dispose();

    /// <summary>Outputs that the graph has by itself share one session, that of the file as it is.</summary>
    private SessionPool.Lease Rent(IReadOnlyList<string> wanted) =>
        _sessions.Rent(new SessionForm(wanted.All(name => _model.Outputs.Any(output => output.Name == name)) ? [] : wanted, CacheForm.None));

    private void RefuseInterventions(bool any)
    {
        if (any)
        {
            throw InterventionFeed.NotSupported(_path);
        }
    }

    private List<OnnxOutput> Run(
        OnnxSession session, IReadOnlyList<IReadOnlyList<int>> rows, IReadOnlyList<IReadOnlyList<int>>? tokenTypes, int[] group, string[] wanted, CancellationToken cancellation)
    {
        long[]? types = tokenTypes is null ? null : [.. group.SelectMany(row => tokenTypes[row]).Select(type => (long)type)];
        long[] ids = [.. group.SelectMany(row => rows[row]).Select(id => (long)id)];
        using var feed = _inputs.Feed(ids, group.Length, 0, [], types);
        var values = session.Run(feed.Values, wanted, cancellation);
        return [.. wanted.Zip(values, ForeignSingles.Take).Select(output => output with { Shape = ByPosition(output, group.Length, ids.Length / group.Length) })];
    }

    /// <summary>The shape with the batch as first and the tokens as second dimension, or [batch, head, query, key], or [batch, width] of whole texts.</summary>
    private int[] ByPosition(OnnxOutput output, int rows, int width) => output.Shape switch
    {
        [var batch, var last] when batch == rows && IsOfWholeTexts(output.Name) => [batch, last],
        [var batch, var tokens] when batch == rows && tokens == width && IsScoreByToken(output.Name) => [batch, tokens, 1],
        [var batch, var tokens, _] when batch == rows && tokens == width => [.. output.Shape],
        [var all, var last] when all == rows * width => [rows, width, last],
        [var batch, _, var query, _] when batch == rows && query == width => [.. output.Shape],
        [var batch, var heads, var shared, var query, var key] when batch == rows && query == width => [rows, heads * shared, query, key],
        _ => throw new GptxException(
            GptxErrorKind.ModelNotLoadable,
            "OnnxOutputUnexpected",
            $"{_path}: '{output.Name}' has shape [{string.Join(", ", output.Shape)}], which is not by token for {rows} rows of {width} tokens"),
    };

    /// <summary>Whether it is an output with one number a token: the ends of answers, or whether a token was replaced.</summary>
    private bool IsScoreByToken(string output) =>
        output is "start_logits" or "end_logits" || (output == ForeignLogits.Name && Transformer.Task == ModelTask.DetectReplaced);

    /// <summary>Whether it is an output with one row a text, such as the scores of classes.</summary>
    private bool IsOfWholeTexts(string output) => !IsScoreByToken(output) && _model.Outputs.Any(own => own.Name == output && own.Shape is { Count: 2 });

    private static Activation ToActivation(string name, OnnxOutput output) => new(name, output.Shape, output.Owner.Memory);
}
