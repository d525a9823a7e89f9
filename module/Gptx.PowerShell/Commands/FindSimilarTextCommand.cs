using System.Management.Automation;
using Gptx.Analyses;
using Gptx.Embeddings;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Find-SimilarText: the rows of a file of vectors, or of objects with vectors, whose texts are most like a text.</summary>
[Cmdlet(VerbsCommon.Find, "SimilarText", DefaultParameterSetName = TextSet)]
[OutputType(typeof(SimilarText))]
public sealed class FindSimilarTextCommand : BatchCmdlet
{
    private readonly List<(int Index, LabelledVector Vector)> _queries = [];
    private IVectorRows? _rows;
    private TextEmbeddingOptions _options = new();

    /// <summary>What is searched: a file of 'gptx embed' (.jsonl, .csv, .parquet, .npy) or any file of vectors, read once and never held whole; or objects with a property Vector.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public PSObject[] In { get; set; } = [];

    /// <summary>How many rows a query is given. Default 10.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 10;

    /// <summary>What like means: Cosine (default), Dot or Euclidean.</summary>
    [Parameter]
    public VectorMetric Metric { get; set; }

    /// <summary>Fields of the rows that the results have too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Keep { get; set; } = [];

    /// <summary>How hidden states become one vector. Default: as the rows were made; where that is not known, as the model says.</summary>
    [Parameter]
    public TextPooling? Pooling { get; set; }

    /// <summary>The name of the prompt that is put before each query, of those that the model has. Default: that of the rows.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PromptName { get; set; }

    /// <summary>Which hidden state. Default: that of the rows; where it is not known, the last.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public int? Layer { get; set; }

    /// <summary>The most bytes of a row group of a Parquet file. Default 1GB.</summary>
    [Parameter]
    [ValidateRange(1L << 20, 1L << 50)]
    public long MaxMemory { get; set; } = VectorRows.UsualMemory;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        ForCommand(In, () => _rows = VectorInput.Rows(In, Keep, MaxMemory, GetUnresolvedProviderPathFromPSPath));
        base.BeginProcessing();
        ForCommand(In, () =>
        {
            if (!_rows!.Origin.RequireModel(_rows.Name, Opened))
            {
                WriteVerbose($"{_rows.Name} does not say which model its vectors are of: they are searched with vectors of {Opened.Name}");
            }

            _options = _rows.Origin.EmbeddingLike(new TextEmbeddingOptions { Pooling = Pooling, Layer = Layer ?? -1, Prompt = PromptName }, Layer is not null, _rows.Name);
            Opened.ResolveLayer(_options.Layer);
        });
    }

    /// <inheritdoc/>
    protected override TokenSequence Check(TokenSequence text) => !_options.Chunk && !TextEmbedder.HasRecipe(Opened) ? base.Check(text)
        : Truncate ? text.Truncate(Opened.Shape.ContextLength, KeptEnd.Start)
        : text;

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex) => _queries.AddRange(
        TextEmbedder.Embed(Opened, texts, _options, firstIndex, Cancellation).Select(vector => (vector.Index, new LabelledVector(vector.Text, vector.Vector, vector.Model))));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_queries.Count == 0)
        {
            return;
        }

        ForCommand(In, () =>
        {
            using var progress = new WorkProgressLine("Searching", WriteProgress);
            var options = new SearchOptions { Top = Top, Metric = Metric, Threads = Threads };
            foreach (var found in SimilarTextSearch.Find(_rows!, [.. _queries.Select(query => query.Vector)], options, progress, Cancellation))
            {
                WriteObject(KeptProperties.On(found with { Index = _queries[found.Index].Index }, found.Kept));
            }
        });
    }
}
