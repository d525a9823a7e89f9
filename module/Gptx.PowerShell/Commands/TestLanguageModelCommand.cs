using System.Management.Automation;
using Gptx.Generation.Beams;
using Gptx.Inference.Verification;

namespace Gptx.PowerShell;

/// <summary>Test-LanguageModel: compares a model with the reference values (golden.safetensors) beside it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LanguageModel")]
[OutputType(typeof(VerificationReport), typeof(bool))]
public sealed class TestLanguageModelCommand : ModelCmdlet
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ModelName]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public override string Model
    {
        get => base.Model;
        set => base.Model = value;
    }

    /// <summary>The folder with golden.safetensors. Default: the model's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? GoldenPath { get; set; }

    /// <summary>The largest error allowed, as a share of a tensor's largest value. Default 1e-4.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double Tolerance { get; set; } = ModelVerifier.DefaultTolerance;

    /// <summary>Only true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override bool MayPull => false;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var model = OpenModel();
        var folder = GoldenPath is null ? model.Folder : GetUnresolvedProviderPathFromPSPath(GoldenPath);
        ForCommand(folder, () =>
        {
            var report = ModelVerifier.Verify(model, folder, Tolerance, Cancellation) with { Beams = BeamVerifier.Verify(model, folder, Cancellation) };
            WriteObject(Quiet ? report.Passed : report);
        });
    }
}
