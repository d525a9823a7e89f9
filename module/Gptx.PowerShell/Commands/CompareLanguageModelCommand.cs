using System.Management.Automation;
using Gptx.Inference;
using Gptx.Inference.Comparison;

namespace Gptx.PowerShell;

/// <summary>Compare-LanguageModel: how far a model is from another, over texts.</summary>
[Cmdlet(VerbsData.Compare, "LanguageModel")]
[OutputType(typeof(ModelComparison))]
public sealed class CompareLanguageModelCommand : ModelCmdlet
{
    private readonly List<TokenSequence> _texts = [];
    private LanguageModel? _a;
    private LanguageModel? _b;

    /// <summary>The model against which the other is measured. Default: $GptxPreference.Model, GPTX_MODEL, or the embedded model.</summary>
    [Parameter(Position = 0)]
    [ModelName]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [Alias("ReferenceModel")]
    public override string Model
    {
        get => base.Model;
        set => base.Model = value;
    }

    /// <summary>The other model.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ModelName]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string DifferenceModel { get; set; } = "";

    /// <summary>What the second model's weights are rounded to, where it is not -Precision.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PrecisionCompleter))]
    public string? DifferencePrecision { get; set; }

    /// <summary>What the second model's quantized weights are multiplied by, where it is not -Compute.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ComputeCompleter))]
    public string? DifferenceCompute { get; set; }

    /// <summary>Texts: strings, files, or objects with a property Text, Content or Line. Without any a passage of 'Alice's Adventures in Wonderland' is read.</summary>
    [Parameter(Position = 2, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [Alias("Text")]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>The property of the input objects that holds the text.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Property { get; set; }

    /// <summary>Tokens that are read at once; longer texts are read in windows that overlap by half.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Window { get; set; } = new ComparisonOptions().Window;

    /// <inheritdoc/>
    protected override void BeginProcessing() => (_a, _b) = (OpenModel(), OpenModel(DifferenceModel, DifferencePrecision, DifferenceCompute));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject)
        {
            ForRow(item, () => _texts.Add(TokenSequence.FromText(Reader, InputText.Of(item, Property))));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => ForCommand(DifferenceModel, () =>
    {
        var texts = _texts.Count > 0 ? _texts : [TokenSequence.FromText(Reader, ComparisonText.Default)];
        using var progress = new WorkProgressLine("Comparing models", WriteProgress);
        WriteObject(ModelComparer.Compare(_a!, _b!, texts, new ComparisonOptions { Window = Window }, progress, Cancellation));
    });

    private LanguageModel Reader => _a!.Tokenizer is null && _b!.Tokenizer is not null ? _b : _a;
}
