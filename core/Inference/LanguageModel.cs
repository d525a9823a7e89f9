using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Chat;
using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Onnx;
using Gptx.Tokenization;

namespace Gptx.Inference;

/// <summary>
/// A language model, open and ready: token ids in, named activations and logits out. Safe to use from several threads at once.
/// </summary>
public sealed class LanguageModel : IDisposable
{
    private readonly CheckpointFolder _checkpoint;
    private readonly IForwardPass _pass;
    private readonly Transformer _transformer;
    private Action<string>? _warn;
    private readonly Lazy<ChatTemplate?> _chatTemplate;
    private readonly Lazy<LanguageModel> _forBatches;

    private LanguageModel(string name, CheckpointFolder checkpoint, IForwardPass pass, Tokenizer? tokenizer, LoadOptions options)
    {
        _warn = options.Warn;
        Name = name;
        Tokenizer = tokenizer;
        Precision = options.Precision;
        Compute = options.Compute;
        _checkpoint = checkpoint;
        _pass = pass;
        _transformer = pass.Transformer;
        _chatTemplate = new Lazy<ChatTemplate?>(() =>
            checkpoint.Metadata is { } metadata ? CheckpointChatTemplate.FindIn(metadata) : CheckpointChatTemplate.Find(checkpoint.Path));
        _forBatches = new Lazy<LanguageModel>(() => _pass.ForBatches() is var other && other == _pass ? this : new LanguageModel(this, other));
    }

    private LanguageModel(LanguageModel other, IForwardPass pass)
    {
        (_warn, Name, Tokenizer, Precision, Compute) = (other._warn, other.Name, other.Tokenizer, other.Precision, other.Compute);
        (_checkpoint, _transformer, _chatTemplate) = (other._checkpoint, other._transformer, other._chatTemplate);
        _pass = pass;
        _forBatches = new Lazy<LanguageModel>(this);
    }

    /// <summary>The name or path it was loaded by.</summary>
    public string Name { get; }

    /// <summary>The folder it was loaded from.</summary>
    public string Folder => _checkpoint.Path;

    /// <summary>The <c>model_type</c> of its config.</summary>
    public string ModelType => _transformer.ModelType;

    /// <summary>Its sizes.</summary>
    public ModelShape Shape => _transformer.Shape;

    /// <summary>What it was made for: its head says so.</summary>
    public ModelTask MadeFor => _transformer.Task;

    /// <summary>The names of its classes, in the order of their scores; empty where it has none.</summary>
    public IReadOnlyList<string> Labels => _transformer.Labels ?? [];

    /// <summary>How many kinds of tokens it tells apart (first and second text); 0 where it has no such input.</summary>
    public int TokenTypes => _transformer.TokenTypes;

    /// <summary>
    /// The same model for whoever runs many batches at once, one on each processor: each run takes one processor alone and gives the same bits whichever runs beside it,
    /// and on a CPU matrices are packed, which is faster for many rows and takes their memory a second time. It is closed with this one.
    /// </summary>
    public LanguageModel ForBatches => _forBatches.Value;

    /// <summary>Its checkpoint: config and tensors.</summary>
    public CheckpointFolder Checkpoint => _checkpoint;

    /// <summary>Its tokenizer; null where the folder has none, then only token ids can be given.</summary>
    public Tokenizer? Tokenizer { get; }

    /// <summary>What turns a conversation into its prompt, read when it is first asked for; null where the folder has none.</summary>
    /// <exception cref="GptxException">There is one, and it cannot be read.</exception>
    public ChatTemplate? ChatTemplate => _chatTemplate.Value;

    /// <summary>Where it computes.</summary>
    public Device Device => _pass.Device;

    /// <summary>The type to which its weights were rounded when it was loaded.</summary>
    public Precision Precision { get; }

    /// <summary>The type of what its quantized weights are multiplied by.</summary>
    public Compute Compute { get; }

    /// <summary>The checkpoint's tensors with the numbers that it computes with, rounded to <see cref="Precision"/>; none of an ONNX model.</summary>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors => _pass.Tensors;

    /// <summary>The names of its activations, in the order of the forward pass.</summary>
    public IReadOnlyList<string> ActivationNames => _pass.ActivationNames;

    /// <summary>The names of the checkpoint's tensors that the forward pass reads; none of an ONNX model, whose weights are its graph's own.</summary>
    public IReadOnlyCollection<string> UsedTensors => _pass.UsedTensors;

    /// <summary>The tensor that is its token embedding table, [vocabulary, width].</summary>
    /// <exception cref="GptxException"><c>EmbeddingTableMissing</c>: an ONNX model keeps it inside of its graph.</exception>
    public CheckpointTensor TokenEmbeddingTensor => _checkpoint.OnnxFile is null ? _pass.Tensors[_transformer.TokenEmbedding] : throw new GptxException(
        GptxErrorKind.InvalidArgument,
        "EmbeddingTableMissing",
        $"{Name} is an ONNX model: its token embeddings lie inside of its graph and cannot be read as a table; hidden states of texts can be had");

    /// <summary>What its weights amount to.</summary>
    internal WeightFacts Weights => _pass.Weights;

    /// <summary>The tensor that is its position embedding table, [context, width]; null where positions are not learned.</summary>
    public CheckpointTensor? PositionEmbeddingTensor => _transformer.PositionEmbedding is { } name ? _pass.Tensors[name] : null;

    /// <summary>The row of that table that is position 0: OPT's tables begin with two others.</summary>
    public int FirstPositionRow => _transformer.FirstPosition;

    /// <summary>What a person should know about how the checkpoint was read; null if nothing.</summary>
    public string? Note => _transformer.Note;

    /// <summary>Bytes of private memory that hold widened weights; weights that are float32 already are read from the mapped file.</summary>
    public long WidenedWeightBytes => _pass.WidenedWeightBytes;

    /// <summary>Loads a model by folder, file or name; see <see cref="ModelLocation"/>.</summary>
    /// <exception cref="GptxException">It is missing, damaged or not supported, or the device is not there.</exception>
    public static LanguageModel Load(string nameOrPath = ModelLocation.Embedded, LoadOptions? options = null)
    {
        options ??= new LoadOptions();
        if (options.Threads < 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"threads {options.Threads} is not allowed: it must be at least 0 (0: one a physical core)");
        }

        var folder = ModelLocation.Find(nameOrPath, options.Hub);
        var device = options.Device.Resolve();
        var checkpoint = CheckpointFolder.Open(folder);

        // The tokenizer is read on another thread while the graph is written and the native library loads: both take about as long.
        var reading = Task.Run(() => CheckpointTokenizer.Find(checkpoint));
        try
        {
            IForwardPass pass = checkpoint.OnnxFile is null ? OwnPass(checkpoint, folder, device, options) : ForeignPass.Open(checkpoint, device, options);
            OnnxRuntimeLibrary.EnsureLoaded();
            return new LanguageModel(nameOrPath, checkpoint, pass, reading.GetAwaiter().GetResult(), options);
        }
        catch
        {
            Task.WhenAny(reading).Wait(); // it may be reading the checkpoint's metadata
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>Runs rows of token ids through the model and hands out the activations asked for, and no others.</summary>
    /// <param name="rows">Token ids; rows may differ in length.</param>
    /// <param name="selection">Names or patterns of activations, in any order.</param>
    /// <param name="cancellation">Stops the run at the next operator.</param>
    /// <exception cref="GptxException">A row is empty, longer than the context, or has an id beyond the vocabulary.</exception>
    public ActivationCache Run(IReadOnlyList<IReadOnlyList<int>> rows, ActivationSelection selection, CancellationToken cancellation = default) =>
        Run(rows, null, selection, cancellation);

    /// <summary>Runs rows of token ids of which some belong to a second text.</summary>
    /// <param name="rows">Token ids; rows may differ in length.</param>
    /// <param name="tokenTypes">The text of each token, from 0: as many numbers as ids. Null: all belong to the first. A model without that input does not look.</param>
    /// <param name="selection">Names or patterns of activations, in any order.</param>
    /// <param name="cancellation">Stops the run at the next operator.</param>
    /// <exception cref="GptxException">A row is empty, longer than the context, or has an id beyond the vocabulary or a kind of token that the model has not.</exception>
    public ActivationCache Run(
        IReadOnlyList<IReadOnlyList<int>> rows, IReadOnlyList<IReadOnlyList<int>>? tokenTypes, ActivationSelection selection, CancellationToken cancellation = default) =>
        Run(rows, tokenTypes, selection, [], cancellation);

    /// <summary>Runs rows of token ids while something is put into inner values: ablation, patching and steering are this.</summary>
    /// <param name="rows">Token ids; rows may differ in length.</param>
    /// <param name="selection">Names or patterns of activations, in any order.</param>
    /// <param name="interventions">What is put in. Runs that put something into the same activations share a session, whatever the numbers are.</param>
    /// <param name="cancellation">Stops the run at the next operator.</param>
    /// <exception cref="GptxException">
    /// A row cannot be run; <c>ActivationNotFound</c>, <c>CheckpointNeeded</c>, <c>InterventionInvalid</c>, <c>HeadOutOfRange</c>,
    /// <c>PositionOutOfRange</c>, <c>WidthMismatch</c>: what was to be put in does not fit.
    /// </exception>
    public ActivationCache Run(
        IReadOnlyList<IReadOnlyList<int>> rows, ActivationSelection selection, IReadOnlyList<Intervention> interventions, CancellationToken cancellation = default) =>
        Run(rows, null, selection, interventions, cancellation);

    /// <summary>
    /// Computes on from an activation that is given, and nothing before it: what the rest of the model makes of these numbers. What needs more than
    /// that activation, such as attention that reads positions, sees them as one row from position 0.
    /// </summary>
    /// <param name="start">The activation's name.</param>
    /// <param name="values">Its numbers, [position, width].</param>
    /// <param name="selection">What is wanted.</param>
    /// <param name="cancellation">Stops the run at the next operator.</param>
    /// <exception cref="GptxException"><c>ActivationNotFound</c>; <c>CheckpointNeeded</c>; <c>WidthMismatch</c>.</exception>
    public ActivationCache RunFrom(string start, float[] values, ActivationSelection selection, CancellationToken cancellation = default)
    {
        var width = RequireGraph() is var graph && InterventionFeed.Site(graph, start) is var site ? site.Value.Width : 0;
        if (values.Length == 0 || values.Length % width != 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "WidthMismatch", $"{values.Length} numbers are no rows of '{start}', which is {width} wide");
        }

        return _pass.RunFrom(start, values, values.Length / width, Resolve(selection), cancellation);
    }

    /// <summary>Room for rows that grow token by token.</summary>
    /// <param name="mostRows">The most rows it will ever hold.</param>
    /// <param name="capacity">The most tokens of a row; where positions are learned, at most the context.</param>
    /// <exception cref="GptxException"><c>HeadMissing</c>: the checkpoint is a bare model, which gives no logits.</exception>
    public KeyValueCache CreateCache(int mostRows, int capacity) => CreateCache(mostRows, capacity, []);

    /// <summary>Room for rows that grow token by token while something is put into inner values, at every position and in every row.</summary>
    /// <inheritdoc cref="CreateCache(int, int)"/>
    public KeyValueCache CreateCache(int mostRows, int capacity, IReadOnlyList<Intervention> interventions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, Shape.TokenLimit);
        RequireTask(ModelTask.NextToken);
        if (!ActivationNames.Contains(ActivationName.Logits, StringComparer.Ordinal))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "HeadMissing", $"{Name} has no head that gives logits: it cannot say what comes next; its hidden states and attention maps can be had");
        }

        return _pass.CreateCache(mostRows, capacity, NoteLength, interventions);
    }

    /// <summary>
    /// The graph that hands out these activations as an ONNX model; its weights point into the checkpoint's own files, so the .onnx file
    /// belongs beside them.
    /// </summary>
    public OnnxModel ToOnnx(ActivationSelection selection) => _pass.ToOnnx(Resolve(selection));

    /// <summary>Refuses a model that does not say what comes next.</summary>
    /// <exception cref="GptxException"><c>TaskNotSupported</c>: the message says what the model can do.</exception>
    public void RequireNextToken() => RequireTask(ModelTask.NextToken);

    /// <summary>Refuses a model that was made for something else.</summary>
    /// <exception cref="GptxException"><c>TaskNotSupported</c>: the message says what the model can do.</exception>
    public void RequireTask(params IReadOnlyList<ModelTask> tasks)
    {
        if (!tasks.Contains(MadeFor))
        {
            var wanted = string.Join(" or ", tasks.Select(TaskNames.Of));
            throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "TaskNotSupported",
                $"{Name} is no model that {wanted}: it is a {ModelType} model that {TaskNames.Of(MadeFor)} ({TaskNames.Commands(MadeFor)}); hidden states, attention maps and embeddings can be had of any");
        }
    }

    /// <summary>The tokenizer, or an error that says how to do without.</summary>
    /// <exception cref="GptxException"><c>TokenizerMissing</c>.</exception>
    public Tokenizer RequireTokenizer() => Tokenizer ?? throw TokenizerMissing(Folder);

    /// <summary>The chat template, or an error that says how to do without.</summary>
    /// <exception cref="GptxException"><c>ChatTemplateMissing</c>.</exception>
    public ChatTemplate RequireChatTemplate() => ChatTemplate ?? throw ChatTemplateMissing(Folder);

    /// <summary>A token as the vocabulary writes it; <c>#id</c> where the model has no tokenizer.</summary>
    public string TokenName(int id) => Tokenizer is { } tokenizer && tokenizer.Vocabulary.TryGetToken(id, out var name) ? name : $"#{id}";

    /// <summary>The text of a token alone; <c>#id</c> where the model has no tokenizer.</summary>
    public string TokenText(int id) => Tokenizer is { } tokenizer && tokenizer.Vocabulary.Contains(id) ? tokenizer.Vocabulary.TextOf(id) : $"#{id}";

    /// <summary>The logits after each row, [row][vocabulary]: what comes next.</summary>
    /// <exception cref="GptxException">A row is empty, longer than the context, or has an id beyond the vocabulary.</exception>
    public IReadOnlyList<float[]> NextLogits(IReadOnlyList<IReadOnlyList<int>> rows, CancellationToken cancellation = default)
    {
        TokenCheck.Rows(rows, Shape);
        RequireTask(ModelTask.NextToken);
        using var cache = CreateCache(rows.Count, rows.Max(row => row.Count));
        var logits = cache.Prefill(rows, cancellation);
        var results = new float[rows.Count][];
        for (var row = 0; row < rows.Count; row++)
        {
            results[row] = logits.Slice(row * Shape.VocabularySize, Shape.VocabularySize).ToArray();
        }

        return results;
    }

    /// <summary>A hidden state's number counted from 0: negative ones count from the end, -1 is the last.</summary>
    /// <exception cref="GptxException"><c>LayerOutOfRange</c>.</exception>
    public int ResolveLayer(int layer)
    {
        var resolved = layer < 0 ? Shape.Blocks + 1 + layer : layer;
        return resolved >= 0 && resolved <= Shape.Blocks ? resolved : throw new GptxException(
            GptxErrorKind.InvalidArgument,
            "LayerOutOfRange",
            $"layer {layer} does not exist: layers go from 0 (the embeddings) to {Shape.Blocks} (after the final norm), or from -1 (the last) to {-Shape.Blocks - 1}");
    }

    /// <inheritdoc/>
    /// <remarks>What is running, and caches and activations handed out, stay valid; weights are freed after the last of them.</remarks>
    public void Dispose()
    {
        if (_forBatches.IsValueCreated && _forBatches.Value != this)
        {
            _forBatches.Value.Dispose();
        }

        _pass.Dispose();
    }

    /// <summary>The forward pass as it is written.</summary>
    /// <exception cref="GptxException"><c>CheckpointNeeded</c>: an ONNX model brings a graph that is not ours.</exception>
    internal Graph RequireGraph() => _pass is GraphPass own ? own.Graph : throw InterventionFeed.NotSupported(Name);

    private ActivationCache Run(
        IReadOnlyList<IReadOnlyList<int>> rows,
        IReadOnlyList<IReadOnlyList<int>>? tokenTypes,
        ActivationSelection selection,
        IReadOnlyList<Intervention> interventions,
        CancellationToken cancellation)
    {
        var names = Resolve(selection);
        TokenCheck.Rows(rows, Shape);
        var types = TokenTypes > 0 ? tokenTypes : null;
        TokenCheck.Types(rows, types, TokenTypes);
        NoteLength(rows.Max(row => row.Count));
        return _pass.Run(rows, types, names, interventions, cancellation);
    }

    private static GraphPass OwnPass(CheckpointFolder checkpoint, string folder, Device device, LoadOptions options)
    {
        var tensors = new CheckpointTensors(checkpoint.Tensors, folder);
        return new GraphPass(checkpoint, ArchitectureCatalog.For(checkpoint.Config).Build(checkpoint.Config, tensors), device, options);
    }

    /// <summary>The names that are meant; where one is of a kind that this model's graph does not show, the error says why.</summary>
    private IReadOnlyList<string> Resolve(ActivationSelection selection)
    {
        try
        {
            return selection.Resolve(ActivationNames);
        }
        catch (GptxException error) when (_checkpoint.OnnxFile is not null && error.ErrorId == "ActivationNotFound")
        {
            var missing = selection.Patterns.FirstOrDefault(pattern => !IsThere(pattern));
            throw missing is not null && _pass.WhyMissing(missing) is { } why ? new GptxException(GptxErrorKind.InvalidArgument, "ActivationNotInGraph", why, error) : error;
        }
    }

    private bool IsThere(string pattern) => ActivationNames.Any(name => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    /// <summary>Says, once, that a row has become longer than the model is meant for.</summary>
    private void NoteLength(int tokens)
    {
        if (TokenCheck.PastContext(tokens, Shape) is { } warning)
        {
            Interlocked.Exchange(ref _warn, null)?.Invoke(warning);
        }
    }

    /// <summary>The error for a text where there is no tokenizer.</summary>
    internal static GptxException TokenizerMissing(string folder) => new(
        GptxErrorKind.InvalidInput,
        "TokenizerMissing",
        $"{folder} has no tokenizer (tokenizer.json, vocab.json with merges.txt, or vocab.txt): give token ids in place of text");

    /// <summary>The error for a conversation where there is no chat template.</summary>
    internal static GptxException ChatTemplateMissing(string folder) => new(
        GptxErrorKind.InvalidArgument,
        "ChatTemplateMissing",
        $"{folder} has no chat template, so its model was hardly trained for chat: give one (--chat-template FILE, -ChatTemplate FILE), or a prompt in place of messages");
}
