using System.Management.Automation;
using Gptx.Embeddings;
using Gptx.Projection;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that takes all its vectors before it computes: objects with a property Vector, words, or files of vectors.</summary>
public abstract class VectorSetCmdlet : WordTableCmdlet
{
    private readonly List<NamedVector> _gathered = [];
    private int _next;

    /// <summary>Objects with a property Vector, such as Get-TextEmbedding writes; words; or files of vectors (Get-Item).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>The vectors of the input.</summary>
    protected IReadOnlyList<NamedVector> Gathered => _gathered;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject ?? [null])
        {
            var index = _next++;
            ForRow(item, () => _gathered.AddRange(Read(item, index)));
        }
    }

    /// <summary>The vectors of a file.</summary>
    protected static IEnumerable<NamedVector> OfFile(string path) => VectorFile.Read(path).Select(vector => new NamedVector(vector.Text, vector.Vector, vector.Label));

    /// <summary>The vector of an object or a word, or those of a file.</summary>
    protected IEnumerable<NamedVector> Read(PSObject? item, int index)
    {
        if (item?.BaseObject is FileInfo file)
        {
            return OfFile(file.FullName);
        }

        var vector = InputVector.OfWordOrObject(item, index, word => Words().OfWord(word, index));
        return [new NamedVector(vector.Text, vector.Vector, item!.Properties["Label"]?.Value as string)];
    }
}
