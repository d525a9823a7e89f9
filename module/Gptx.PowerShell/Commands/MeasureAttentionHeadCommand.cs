using System.Management.Automation;
using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>Measure-AttentionHead: what each head looks at, in numbers.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "AttentionHead", DefaultParameterSetName = TextSet)]
[OutputType(typeof(HeadStatistics))]
public sealed class MeasureAttentionHeadCommand : TextCmdlet
{
    private TokenSequence? _repeated;

    /// <summary>Where the random tokens begin that induction is measured on. Default 0.</summary>
    [Parameter]
    public ulong Seed { get; set; }

    /// <summary>How many random tokens come twice. Default 25.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Repeat { get; set; } = HeadMeasure.UsualRepeat;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ForCommand(Repeat, () => _repeated = HeadMeasure.RandomRepeated(Opened, Seed, Repeat));
    }

    /// <inheritdoc/>
    protected override void Take(TextRow row) => ForRows(row.Target, () =>
        WriteObject(HeadMeasure.Of(Opened, row.Text, _repeated, row.Index, Cancellation), enumerateCollection: true));
}
