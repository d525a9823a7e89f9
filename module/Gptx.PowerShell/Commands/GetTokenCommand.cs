using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Get-Token: the tokens of texts, with their places.</summary>
[Cmdlet(VerbsCommon.Get, "Token", DefaultParameterSetName = TextSet)]
[OutputType(typeof(TextToken))]
public sealed class GetTokenCommand : TextCmdlet
{
    private ModelTokenizer _tokenizer = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _tokenizer = OpenTokenizer();

    /// <inheritdoc/>
    protected override TokenSequence Tokenize(string text) => _tokenizer.Read(text);

    /// <inheritdoc/>
    protected override TokenSequence FromIds(int[] ids) => _tokenizer.Read(ids);

    /// <inheritdoc/>
    protected override void Take(TextRow row) => WriteObject(TextToken.Of(row.Text, row.Index, _tokenizer.Name), enumerateCollection: true);
}
