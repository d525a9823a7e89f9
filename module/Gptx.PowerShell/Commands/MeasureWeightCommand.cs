using System.Management.Automation;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>Measure-Weight: moments and histograms of the matrices of each block; with -Average or -Value one matrix.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Weight")]
[OutputType(typeof(WeightStatistics), typeof(WeightMatrix))]
public sealed class MeasureWeightCommand : ModelCmdlet
{
    /// <summary>Only matrices of this name; * and ? are wildcards. With -Average or -Value it must match one.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Matrix { get; set; }

    /// <summary>Which blocks, from 0. Default: all, and what belongs to none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BlockCompleter))]
    public int[]? Block { get; set; }

    /// <summary>Bins of each histogram. Default 50.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int Bins { get; set; } = 50;

    /// <summary>The mean of each window of so many rows and columns of the matrix.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Average { get; set; }

    /// <summary>With -Average: how far the window moves. Default: its width.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Stride { get; set; }

    /// <summary>The matrix itself.</summary>
    [Parameter]
    public SwitchParameter Value { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var model = OpenModel();
        ForCommand(Matrix, () =>
        {
            var isMatrix = Value || Average is not null;
            if ((isMatrix && (Matrix is null || Block is not null)) || (Value && Average is not null) || (Stride is not null && Average is null))
            {
                throw new GptxException(
                    GptxErrorKind.InvalidArgument, "UsageInvalid", "-Average or -Value is of one matrix: name it with -Matrix, without -Block; -Stride goes with -Average");
            }

            if (isMatrix)
            {
                WriteObject(WeightMeasure.Matrices(model, Matrix!, Average ?? 1, Stride, Cancellation), enumerateCollection: true);
                return;
            }

            foreach (var weights in WeightMeasure.Of(model, Block, Matrix, Bins, Cancellation))
            {
                WriteObject(weights);
            }
        });
    }
}
