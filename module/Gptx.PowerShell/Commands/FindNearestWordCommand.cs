using System.Management.Automation;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>Find-NearestWord: the words whose embeddings are nearest to a word, or to a vector of the same model.</summary>
[Cmdlet(VerbsCommon.Find, "NearestWord", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(NearWord))]
public sealed class FindNearestWordCommand : WordSearchCmdlet
{
    private const string ObjectSet = "InputObject";
    private const string VectorSet = "Vector";
    private int _next;

    /// <summary>Words, or objects with a property Vector, such as Get-TokenEmbedding writes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [Alias("Word")]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>The numbers of one vector.</summary>
    [Parameter(Mandatory = true, ParameterSetName = VectorSet)]
    public float[] Vector { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == VectorSet)
        {
            Find(Vector, InputVector.Of(Vector, _next++) with { Text = "vector" });
            return;
        }

        foreach (var item in InputObject ?? [null])
        {
            var index = _next++;
            ForRow(item, () => Find(item, InputVector.OfWordOrObject(item, index, word => Search(Model).Table.OfWord(word, index))));
        }
    }

    private void Find(object? target, TokenVector query)
    {
        // The vector knows whose it is; a model that is named on the command line must be the same one.
        var isNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Model)) || query.Model.Length == 0;
        var search = Search(isNamed ? Model : query.Model);
        var own = (isNamed || Vectors is not null) && query.Model.Length > 0 ? query : query with { Model = search.Table.Name };
        ForRow(target, () => WriteObject(search.Find(own, Top, Metric, IncludeSelf, Cancellation), enumerateCollection: true));
    }
}
