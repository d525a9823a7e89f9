using System.CommandLine;
using Gptx.Conversion;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx model convert: writes a model in another format or type.</summary>
internal sealed class ModelConvertCommand : GptxCommand
{
    private static readonly RecordShape<ConversionReport> Shape = new(
        new("model", report => report.Model),
        new("path", report => report.Path),
        new("format", report => report.Format.ToString()),
        new("storedAs", report => report.StoredAs),
        new("tensors", report => report.Tensors),
        new("bytes", report => report.Bytes),
        new("files", report => report.Files),
        new("notes", report => report.Notes));

    private readonly Argument<string> _model = new("MODEL") { Description = "The model: a folder or a GGUF file." };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "The folder to make, whole or not at all; with the ending .safetensors or .onnx a single file without config and tokenizer.",
        HelpName = "DIR|FILE",
    };

    private readonly Option<ModelFormat?> _format = Choice.Of<ModelFormat>("--format", "The format; default: what the ending of --out says, else safetensors.");

    private readonly Option<WeightType?> _type = Choice.Of<WeightType>(
        "--dtype", "The type of the weights. Default: each as it is, quantized ones and those of ONNX float32.");

    private readonly Option<double?> _shard = Numbers.Real("--shard-size", "The most gigabytes of one safetensors file (default 5); more weights are sharded.");
    private readonly Option<bool> _force = new("--force") { Description = "Replace a model that lies there already." };
    private readonly OutputOptions _output;

    public ModelConvertCommand()
        : base("convert", "Write a model as safetensors (for transformers) or ONNX (for transformers.js and ONNX Runtime); a summary goes to standard output.")
    {
        Arguments.Add(_model);
        Options.Add(_out);
        Options.Add(_format);
        Options.Add(_type);
        Options.Add(_shard);
        Options.Add(_force);
        _output = new OutputOptions(this, toFile: false);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx model convert SmolLM2-135M-Instruct.Q4_1.gguf --out ./smollm2",
        "gptx model convert ./my-model --out ./my-model-half --dtype float16",
        "gptx model convert ./my-model --out ./my-model-onnx --format onnx",
    ];

    public override int Execute(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.JsonLines);
        var path = run.Get(_out) ?? throw new GptxException(
            GptxErrorKind.InvalidArgument, "UsageInvalid", "--out is missing: give the name of the folder to write");
        var options = new ConversionOptions
        {
            Format = run.Get(_format),
            StoredAs = run.Get(_type),
            ShardSize = run.Get(_shard) is { } size ? (long)Math.Clamp(size * 1e9, 0, 1e18) : new ConversionOptions().ShardSize,
            Overwrite = run.Get(_force),
        };
        ConversionReport? report = null;
        using (var bar = WorkBar.Of(run))
        {
            OutputOptions.ToFile(path, () => report = ModelConverter.Convert(run.Get(_model)!, path, options, bar, run.Cancellation));
        }

        return _output.Write(run, writer =>
        {
            var results = Properties.Of(Shape).Open(format, writer, run);
            results.Write(report!);
            results.Finish();
            return ExitCode.Ok;
        });
    }
}
