using System.Management.Automation;

namespace Gptx.PowerShell;

/// <summary>Get-Token: the tokens of texts, with their places.</summary>
[Cmdlet(VerbsCommon.Get, "Token", DefaultParameterSetName = TextSet)]
[OutputType(typeof(TextToken))]
public sealed class GetTokenCommand : TextCmdlet
{
    /// <inheritdoc/>
    protected override void Take(TextRow row)
    {
        foreach (var (position, token) in row.Text.Tokens.Index())
        {
            WriteObject(new TextToken(
                row.Text.Label, row.Index, position, token.Text, token.Id, token.Start, token.Length, token.Value, token.IsSpecial, Opened.Name));
        }
    }
}
