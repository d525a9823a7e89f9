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

    /// <summary>Sines and cosines of so many positions, as the first transformer had them, as wide as the model, in place of learned vectors.</summary>
    [Parameter]
    [ValidateRange(1, 1 << 20)]
    public int? Sinusoidal { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _model = OpenModel();
        ForCommand(Model, () => Vectors([0]));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Position is null)
        {
            WriteObject(Vectors([]), enumerateCollection: true);
            return;
        }

        foreach (var position in Position)
        {
            ForRow(position, () => WriteObject(Vectors([position]), enumerateCollection: true));
        }
    }

    private IReadOnlyList<PositionVector> Vectors(int[] positions) =>
        Sinusoidal is { } count ? SinusoidalPositions.Of(count, _model.Shape.Width, positions) : PositionVector.Of(_model, positions);
}
