using System.Management.Automation;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>Find-NearestVector: which of one's own vectors are nearest to a vector.</summary>
[Cmdlet(VerbsCommon.Find, "NearestVector")]
[OutputType(typeof(NearVector))]
public sealed class FindNearestVectorCommand : GptxCmdlet
{
    private readonly List<LabelledVector> _gathered = [];
    private VectorSearch? _search;
    private int _next;

    /// <summary>Objects with a property Vector, such as Get-TextEmbedding writes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>What is searched: objects with a property Vector, or files of vectors (.jsonl, .npy). Default: all of the input.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public PSObject[]? In { get; set; }

    /// <summary>How many to find. Default 10.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 10;

    /// <summary>What near means: Cosine (default), Dot or Euclidean.</summary>
    [Parameter]
    public VectorMetric Metric { get; set; }

    /// <summary>Lets a vector with the query's own text be among the answers.</summary>
    [Parameter]
    public SwitchParameter IncludeSelf { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (In is not null)
        {
            ForCommand(In, () => _search = new VectorSearch([.. In.SelectMany(Searched)]));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject ?? [null])
        {
            var index = _next++;
            ForRow(item, () =>
            {
                var query = InputVector.Labelled(InputVector.Of(item, index));
                if (_search is null)
                {
                    _gathered.Add(query);
                }
                else
                {
                    Find(_search, query, index);
                }
            });
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_gathered.Count == 0)
        {
            return;
        }

        ForCommand(_gathered, () =>
        {
            var search = new VectorSearch(_gathered);
            foreach (var (index, query) in _gathered.Index())
            {
                Find(search, query, index);
            }
        });
    }

    private void Find(VectorSearch search, LabelledVector query, int index) =>
        WriteObject(search.Find(query, index, Top, Metric, IncludeSelf, Cancellation), enumerateCollection: true);

    private IEnumerable<LabelledVector> Searched(PSObject item, int index) => item.BaseObject switch
    {
        string path => VectorFile.Read(GetUnresolvedProviderPathFromPSPath(path)),
        FileInfo file => VectorFile.Read(file.FullName),
        _ => [InputVector.Labelled(InputVector.Of(item, index))],
    };
}
