using System.Management.Automation;
using Gptx.Embeddings;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Get-TokenEmbedding: the embedding vectors of tokens, as they stand in running text; with -Word one vector a text, the mean.</summary>
[Cmdlet(VerbsCommon.Get, "TokenEmbedding", DefaultParameterSetName = TextSet)]
[OutputType(typeof(TokenVector))]
public sealed class GetTokenEmbeddingCommand : TextCmdlet
{
    private EmbeddingTable _table = null!;

    /// <summary>One vector a text: the mean of its tokens.</summary>
    [Parameter]
    public SwitchParameter Word { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _table = new EmbeddingTable(Opened);
    }

    /// <inheritdoc/>
    protected override TokenSequence Tokenize(string text) => RunningText.Tokens(Opened, text);

    /// <inheritdoc/>
    protected override void Take(TextRow row)
    {
        var vectors = _table.OfTokens(row.Text, row.Index);
        if (!Word)
        {
            WriteObject(vectors, enumerateCollection: true);
            return;
        }

        var mean = VectorArithmetic.Mean([.. vectors.Select(vector => vector.Vector)]);
        WriteObject(new TokenVector(row.Text.Label, row.Index, [.. vectors.Select(vector => vector.Token)], row.Text.Ids, mean, Opened.Name));
    }
}
