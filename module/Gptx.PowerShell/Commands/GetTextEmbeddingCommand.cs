using System.Management.Automation;
using Gptx.Embeddings;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;

namespace Gptx.PowerShell;

/// <summary>Get-TextEmbedding: one vector a text, pooled from the hidden states of its tokens.</summary>
[Cmdlet(VerbsCommon.Get, "TextEmbedding", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(TextVector))]
[OutputType(typeof(JobReport), typeof(JobEstimate), ParameterSetName = [PathSet])]
public sealed class GetTextEmbeddingCommand : BatchJobCmdlet
{
    /// <summary>Texts are run up to 32 at a time, unless -BatchSize says otherwise: one small vector a text is all that comes out.</summary>
    public GetTextEmbeddingCommand() => BatchSize = 32;

    /// <summary>How hidden states become one vector. Default: as the model's modules.json says, else Mean.</summary>
    [Parameter]
    public TextPooling? Pooling { get; set; }

    /// <summary>The name of the prompt that is put before each text, of those that the model has.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PromptName { get; set; }

    /// <summary>Which hidden state: 0 the embeddings, -1 (default) the last.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public int Layer { get; set; } = -1;

    /// <summary>Reads texts that are longer than the context in windows.</summary>
    [Parameter]
    public SwitchParameter Chunk { get; set; }

    /// <summary>Scales vectors to length 1.</summary>
    [Parameter]
    public SwitchParameter Normalize { get; set; }

    private TextEmbeddingOptions Options => new() { Pooling = Pooling, Layer = Layer, Prompt = PromptName, Chunk = Chunk, Normalize = Normalize };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ForCommand(Layer, () => Opened.ResolveLayer(Layer));
    }

    /// <inheritdoc/>
    protected override void CheckLength(TokenSequence text)
    {
        if (!Chunk && !TextEmbedder.HasRecipe(Opened))
        {
            base.CheckLength(text);
        }
    }

    /// <inheritdoc/>
    protected override string TaskName => "embed";

    /// <inheritdoc/>
    protected override IRowTask RowTask() => new EmbedTask(Opened, Options, Truncate);

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex) =>
        WriteObject(TextEmbedder.Embed(Opened, texts, Options, firstIndex, Cancellation), enumerateCollection: true);
}
