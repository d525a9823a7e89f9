using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>ConvertFrom-Token: token ids back to text. Ids that come one by one make one text, tokens of several texts one each.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Token")]
[OutputType(typeof(string))]
public sealed class ConvertFromTokenCommand : ModelCmdlet
{
    private readonly List<int> _ids = [];
    private ModelTokenizer _tokenizer = null!;
    private int _index;

    /// <summary>Token ids, or objects with a property Id, such as Get-Token writes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public int[] Id { get; set; } = [];

    /// <summary>Which text a token belongs to: where it changes, the next text begins.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int Index { get; set; }

    /// <summary>Leaves special tokens out of the text.</summary>
    [Parameter]
    public SwitchParameter SkipSpecialToken { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => ForCommand(Model, () =>
    {
        _tokenizer = OpenTokenizer();
        _tokenizer.RequireTokenizer();
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Index != _index || Id.Length > 1)
        {
            Flush();
        }

        _index = Index;
        if (ForRow(Id, () => _tokenizer.Read(Id)))
        {
            _ids.AddRange(Id);
        }

        if (Id.Length > 1)
        {
            Flush();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Flush();

    private void Flush()
    {
        if (_ids.Count > 0)
        {
            WriteObject(_tokenizer.RequireTokenizer().Decode(_ids, SkipSpecialToken));
            _ids.Clear();
        }
    }
}
