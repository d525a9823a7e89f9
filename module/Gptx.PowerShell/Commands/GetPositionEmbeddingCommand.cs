using System.Management.Automation;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>Get-PositionEmbedding: the learned vectors of positions.</summary>
[Cmdlet(VerbsCommon.Get, "PositionEmbedding")]
[OutputType(typeof(PositionVector))]
public sealed class GetPositionEmbeddingCommand : ModelCmdlet
{
    private VectorTable _table = null!;
    private string _model = "";

    /// <summary>Positions, from 0. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public int[]? Position { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => ForCommand(Model, () =>
    {
        var opened = OpenModel();
        _model = opened.Name;
        _table = EmbeddingTable.Positions(opened) ?? throw new GptxException(
            GptxErrorKind.InvalidArgument, "PositionsNotLearned", $"model '{_model}' has no position embeddings: it knows positions by rotation or not at all");
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var position in Position ?? [.. Enumerable.Range(0, _table.Count)])
        {
            ForRow(position, () => WriteObject(new PositionVector($"{position}", position, _table.CopyRow(position), _model)));
        }
    }
}
