using Gptx.Inference;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>gptx doctor: versions, providers, paths, and what would be used here.</summary>
internal sealed class DoctorCommand : GptxCommand
{
    private static readonly RecordShape<EnvironmentReport> Shape = new(
        new("version", here => here.Version),
        new("dotNet", here => here.DotNet),
        new("system", here => here.System),
        new("processors", here => here.Processors),
        new("onnxRuntime", here => here.OnnxRuntime),
        new("nativeLibrary", here => here.NativeLibrary),
        new("providers", here => here.Providers),
        new("device", here => here.Device),
        new("cuda", here => here.Cuda),
        new("defaultModel", here => here.DefaultModel),
        new("embeddedModel", here => here.EmbeddedModel),
        new("assembly", here => here.Assembly));

    private readonly OutputOptions _output;

    public DoctorCommand()
        : base("doctor", "Show versions, providers and paths, and what would be used here.") => _output = new OutputOptions(this);

    public override IReadOnlyList<string> Examples => ["gptx doctor", "gptx doctor --json"];

    public override int Execute(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.JsonLines);
        return _output.Write(run, writer =>
        {
            var here = EnvironmentReport.Read();
            var results = Properties.Of(Shape).Open(format, writer, run);
            results.Write(here);
            results.Finish();
            return here is { OnnxRuntime: not null, EmbeddedModel: not null } ? ExitCode.Ok : ExitCode.Failure;
        });
    }
}
