using System.Management.Automation;
using Gptx.Analyses;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that embeds texts as part of something larger.</summary>
public abstract class EmbeddingCmdlet : ModelCmdlet
{
    private readonly HashSet<long> _failed = [];

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

    /// <summary>Cuts texts that are longer than the model's context, in place of an error.</summary>
    [Parameter]
    public SwitchParameter Truncate { get; set; }

    /// <summary>The most texts that are run together. Default 8.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = 8;

    /// <summary>The most memory that rows take, in bytes (4GB, for example); more go into a temporary file. Default 1GB.</summary>
    [Parameter]
    [ValidateRange(1L << 20, 1L << 50)]
    public long MaxMemory { get; set; } = VectorRows.UsualMemory;

    private TextEmbeddingOptions EmbeddingOptions => new() { Pooling = Pooling, Layer = Layer, Prompt = PromptName, Chunk = Chunk, Normalize = Normalize };

    /// <summary>Texts as rows with vectors, embedded as others were or, where there are none, as the parameters say.</summary>
    protected EmbeddedTexts Embedded(IEnumerable<AnalysedText> texts, IVectorRows? like = null) => new(OpenModel(), OptionsLike(like), texts) { Truncate = Truncate || like?.Origin.Truncates == true, BatchSize = BatchSize, OnFault = Fail };

    private TextEmbeddingOptions OptionsLike(IVectorRows? like) =>
        like?.Origin.EmbeddingLike(EmbeddingOptions, MyInvocation.BoundParameters.ContainsKey(nameof(Layer)), like.Name, scales: true) ?? EmbeddingOptions;

    /// <summary>Writes what is wrong with a row; the others go on.</summary>
    protected void Fail(TextFault fault)
    {
        _failed.Add(fault.Row.Number);
        Refuse(fault.Fault, fault.Row.Label.Text ?? fault.Row.Label.RowId);
    }

    /// <summary>Whether the row of a number, from 1, failed.</summary>
    protected bool HasFailed(long number) => _failed.Contains(number);
}
