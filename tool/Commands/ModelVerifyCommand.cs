using System.CommandLine;
using Gptx.Generation.Beams;
using Gptx.Inference.Verification;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx model verify: compares a model with the reference values beside it.</summary>
internal sealed class ModelVerifyCommand : GptxCommand
{
    private readonly Argument<string> _folder = new("FOLDER") { Description = "The model's folder, with golden.safetensors in it." };
    private readonly Option<double?> _tolerance = Numbers.Real("--tolerance", "The largest error allowed, as a share of the tensor's largest value (default 1e-4).");
    private readonly ModelOptions _models;
    private readonly OutputOptions _output;

    public ModelVerifyCommand()
        : base("verify", "Compare a model with the reference values in its folder; the exit code is 1 where they differ.")
    {
        Arguments.Add(_folder);
        Options.Add(_tolerance);
        _models = new ModelOptions(this);
        _output = new OutputOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx model verify ./my-model",
        "gptx model verify ./golden --model ./my-half-precision-model --tolerance 1e-2 --json",
    ];

    public override int Execute(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.JsonLines);
        var tolerance = run.Get(_tolerance) ?? ModelVerifier.DefaultTolerance;
        if (!(tolerance >= 0 && double.IsFinite(tolerance)))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"tolerance {tolerance} is not allowed: it must be at least 0");
        }

        return _output.Write(run, writer =>
        {
            var folder = run.Get(_folder)!;
            using var model = _models.Load(run, _models.IsNamed(run) ? null : folder, mayPull: false);
            var report = ModelVerifier.Verify(model, folder, tolerance, run.Cancellation) with { Beams = BeamVerifier.Verify(model, folder, run.Cancellation) };
            var results = VerificationShape.Report.Open(format, writer, run);
            results.Write(report);
            results.Finish();
            Say(run, report);
            return report.Passed ? ExitCode.Ok : ExitCode.Failure;
        });
    }

    private static void Say(Invocation run, VerificationReport report)
    {
        foreach (var row in report.Greedy.Where(row => !row.Compared))
        {
            run.Say($"greedy ids of prompt {row.Row} were not compared: two logits come as near as {Readable.Scientific(row.SmallestGap)}");
        }

        if (!report.Passed)
        {
            var wrong = report.Tensors.Count(row => row.Compared && !row.Passed);
            run.Say($"{report.Model} differs from its reference: {wrong} of {report.Tensors.Count} tensors are beyond {report.Tolerance}, {report.Greedy.Count(row => !row.Passed)} greedy continuations and {report.Beams.Count(row => !row.Passed)} beams differ");
        }
    }
}
