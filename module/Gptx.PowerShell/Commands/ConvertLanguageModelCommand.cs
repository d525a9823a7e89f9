using System.Management.Automation;
using Gptx.Conversion;

namespace Gptx.PowerShell;

/// <summary>Convert-LanguageModel: writes a model as safetensors or ONNX.</summary>
[Cmdlet(VerbsData.Convert, "LanguageModel", SupportsShouldProcess = true)]
[OutputType(typeof(ConversionReport))]
public sealed class ConvertLanguageModelCommand : GptxCmdlet
{
    /// <summary>The model: a folder, a GGUF file, or an object that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ModelName]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string Model { get; set; } = "";

    /// <summary>The folder to make, whole or not at all; with the ending .safetensors or .onnx a single file without config and tokenizer.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Safetensors (default) or Onnx.</summary>
    [Parameter]
    public ModelFormat? Format { get; set; }

    /// <summary>The type of the weights: Float32, Float16 or BFloat16. Default: each as it is, quantized ones and those of ONNX Float32.</summary>
    [Parameter]
    public WeightType? DType { get; set; }

    /// <summary>The most bytes of one safetensors file; more weights are sharded. Default 5 GB.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long ShardSize { get; set; } = new ConversionOptions().ShardSize;

    /// <summary>Replaces a model that lies there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var destination = GetUnresolvedProviderPathFromPSPath(Destination);
        if (!ShouldProcess(destination, $"Convert the model '{Model}'"))
        {
            return;
        }

        ForCommand(Destination, () =>
        {
            using var progress = new WorkProgressLine("Converting a model", WriteProgress);
            var options = new ConversionOptions
            {
                Format = Format,
                StoredAs = DType,
                ShardSize = ShardSize,
                Overwrite = Force,
            };
            WriteObject(ModelConverter.Convert(ModelPath.Resolve(SessionState.Path, Model), destination, options, progress, Cancellation));
        });
    }
}
