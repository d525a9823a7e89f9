using System.Management.Automation;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that takes words from a model, or from a file of word vectors.</summary>
public abstract class WordTableCmdlet : ModelCmdlet
{
    private WordVectors? _read;

    /// <summary>Word vectors in place of a model's token embeddings: a file of word2vec (binary or text) or GloVe.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("VectorPath")]
    public string? Vectors { get; set; }

    /// <summary>The words of -Vectors, or of the model.</summary>
    protected IWordTable Words() => Vectors is null ? new EmbeddingTable(OpenModel()) : ReadVectors();

    /// <summary>The words of the file that -Vectors names, read once.</summary>
    protected WordVectors ReadVectors()
    {
        ForCommand(Vectors, () => _read ??= Vectors is not null && !MyInvocation.BoundParameters.ContainsKey(nameof(Model))
            ? WordVectors.Read(GetUnresolvedProviderPathFromPSPath(Vectors), cancellation: Cancellation)
            : throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "-Vectors and -Model exclude each other: words come from the one or the other"));
        return _read!;
    }
}
