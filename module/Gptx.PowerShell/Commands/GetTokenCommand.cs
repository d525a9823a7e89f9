using System.Management.Automation;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;

namespace Gptx.PowerShell;

/// <summary>Get-Token: the tokens of texts, with their places.</summary>
[Cmdlet(VerbsCommon.Get, "Token", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(TextToken))]
[OutputType(typeof(JobReport), typeof(JobEstimate), ParameterSetName = [PathSet])]
public sealed class GetTokenCommand : JobCmdlet
{
    private ModelTokenizer _tokenizer = null!;

    /// <inheritdoc/>
    protected override string TaskName => "tokenize";

    /// <inheritdoc/>
    protected override IRowTask RowTask() => new TokenizeTask(_tokenizer);

    /// <inheritdoc/>
    protected override void Open() => _tokenizer = OpenTokenizer();

    /// <inheritdoc/>
    protected override TokenSequence Tokenize(string text) => _tokenizer.Read(text);

    /// <inheritdoc/>
    protected override TokenSequence FromIds(int[] ids) => _tokenizer.Read(ids);

    /// <inheritdoc/>
    protected override void Take(TextRow row) => WriteObject(TextToken.Of(row.Text, row.Index, _tokenizer.Name), enumerateCollection: true);
}
