using System.Management.Automation;
using System.Text.Json;
using Gptx.Analyses;
using Gptx.Rows;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that compares all rows with each other: objects of the pipeline with a text or a vector, files of texts, or vectors that are stored.</summary>
public abstract class AnalysisCmdlet : EmbeddingCmdlet
{
    /// <summary>The parameter set with objects.</summary>
    protected const string InputSet = "Input";

    /// <summary>The parameter set with files of texts.</summary>
    protected const string PathSet = "Path";

    /// <summary>The parameter set with stored vectors.</summary>
    protected const string StoredSet = "In";

    private readonly PipelineRows _gathered = new();

    /// <summary>Texts: strings, or objects with a property Text, Content or Line; or objects with a property Vector, such as Get-TextEmbedding writes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>Files of texts: a row a line, JSON lines, CSV, Parquet, also packed; patterns such as logs/*.txt.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Vectors that are stored: a file of Get-TextEmbedding -Destination or 'gptx embed' (.jsonl, .csv, .parquet, .npy), a table (FILE.db#TABLE), or any file of vectors.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StoredSet)]
    [ValidateNotNullOrEmpty]
    public string In { get; set; } = "";

    /// <summary>The property or field that holds the text.</summary>
    [Parameter(ParameterSetName = InputSet)]
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string? Property { get; set; }

    /// <summary>The property or field that names a row: it becomes RowId. Default: RowId where there is one, else where the row stands.</summary>
    [Parameter(ParameterSetName = InputSet)]
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string? IdProperty { get; set; }

    /// <summary>Properties or fields of the rows that the results have too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Keep { get; set; } = [];

    /// <summary>The objects that came, in their order, without those that could not be read.</summary>
    protected IReadOnlyList<PSObject> Objects => _gathered.Objects;

    /// <summary>Whether vectors are given and no texts.</summary>
    protected bool IsOfVectors => ParameterSetName == StoredSet || _gathered.AreVectors;

    /// <summary>The files of the input; null where objects came.</summary>
    protected IReadOnlyList<RowSource>? Sources => ParameterSetName switch
    {
        PathSet => RowInputs.Of(Path.Select(GetUnresolvedProviderPathFromPSPath), () => Stream.Null),
        StoredSet => [VectorRows.SourceOf(StoredPath)],
        _ => null,
    };

    /// <summary>The fields that are read of files of texts.</summary>
    protected RowFields Fields => ParameterSetName == PathSet ? new(Property, IdProperty, Keep) : RowFields.Default;

    private string StoredPath => VectorInput.Resolve(In, GetUnresolvedProviderPathFromPSPath);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in ParameterSetName == InputSet ? InputObject ?? [null] : [])
        {
            ForRow(item, () => _gathered.Add(item, Property, IdProperty, Keep));
        }
    }

    /// <summary>Rows with vectors, as wherever they come from has them.</summary>
    protected IVectorRows Rows() => ParameterSetName == StoredSet ? VectorRows.Open(StoredPath, Keep, MaxMemory)
        : _gathered.AreVectors ? _gathered.Rows
        : Embedded(Texts());

    /// <summary>The texts.</summary>
    protected IEnumerable<AnalysedText> Texts() => ParameterSetName switch
    {
        PathSet => AnalysedText.Of(Sources!, Fields, new RowLimits(GroupBytes: MaxMemory), Cancellation),
        StoredSet => AnalysedText.Of(VectorRows.Open(StoredPath, Keep, MaxMemory), Cancellation),
        _ => _gathered.Texts,
    };

    /// <summary>Writes a result, with the fields that were kept as properties of its own.</summary>
    protected void WriteRow(object result, IReadOnlyList<KeyValuePair<string, JsonElement>> kept)
    {
        if (kept.Count == 0)
        {
            WriteObject(result);
            return;
        }

        WriteObject(KeptProperties.On(result, kept));
    }
}
