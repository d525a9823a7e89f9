using System.Management.Automation;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>Measure-VectorSimilarity: how near vectors are to each other, each to all before it, or to those of -With.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "VectorSimilarity")]
[OutputType(typeof(VectorSimilarity))]
public sealed class MeasureVectorSimilarityCommand : WordTableCmdlet
{
    private readonly List<TokenVector> _others = [];
    private int _next;

    /// <summary>Words, or objects with a property Vector.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>Words or objects to compare each input with. Default: the input itself, each pair once.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public PSObject[]? With { get; set; }

    /// <summary>What near means: Cosine (default), Dot or Euclidean.</summary>
    [Parameter]
    public VectorMetric Metric { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => ForCommand(With, () => _others.AddRange((With ?? []).Select(Read)));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject ?? [null])
        {
            var index = _next++;
            ForRow(item, () => Compare(Read(item, index)));
        }
    }

    private void Compare(TokenVector vector)
    {
        foreach (var other in _others)
        {
            // Each pair stands in the order in which it came.
            var (first, second) = With is null ? (other, vector) : (vector, other);
            var pair = VectorSimilarity.OfPairs([InputVector.Labelled(first), InputVector.Labelled(second)], Metric)[0];
            WriteObject(pair with { Index = first.Index, OtherIndex = second.Index });
        }

        if (With is null)
        {
            _others.Add(vector);
        }
    }

    private TokenVector Read(PSObject? item, int index) =>
        InputVector.OfWordOrObject(item, index, word => Words().OfWord(word, index));
}
