using System.Management.Automation;
using Gptx.Embeddings;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Get-PositionEmbedding: the learned vectors of positions.</summary>
[Cmdlet(VerbsCommon.Get, "PositionEmbedding")]
[OutputType(typeof(PositionVector))]
public sealed class GetPositionEmbeddingCommand : ModelCmdlet
{
    private LanguageModel _model = null!;

    /// <summary>Positions, from 0. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public int[]? Position { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _model = OpenModel();
        ForCommand(Model, () => PositionVector.Of(_model, [0]));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Position is null)
        {
            WriteObject(PositionVector.Of(_model), enumerateCollection: true);
            return;
        }

        foreach (var position in Position)
        {
            ForRow(position, () => WriteObject(PositionVector.Of(_model, [position]), enumerateCollection: true));
        }
    }
}
