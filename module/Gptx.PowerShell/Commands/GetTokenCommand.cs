using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Get-Token: the tokens of texts, with their places.</summary>
[Cmdlet(VerbsCommon.Get, "Token", DefaultParameterSetName = TextSet)]
[OutputType(typeof(TextToken))]
public sealed class GetTokenCommand : TextCmdlet
{
    /// <inheritdoc/>
    protected override void Take(TextRow row) => WriteObject(TextToken.Of(Opened, row.Text, row.Index), enumerateCollection: true);
}
