using System.Management.Automation;
using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Get-Activation: inner values of the forward pass by name.</summary>
[Cmdlet(VerbsCommon.Get, "Activation", DefaultParameterSetName = TextSet)]
[OutputType(typeof(TextActivation))]
public sealed class GetActivationCommand : BatchCmdlet
{
    private IReadOnlyList<string> _names = [];

    /// <summary>Names, with * for any run of characters and ? for one, for example blocks.*.resid_post.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ActivationCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ForCommand(Name, () => _names = new ActivationSelection(Name).Resolve(Opened.ActivationNames));
    }

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex)
    {
        using var values = Opened.Run([.. texts.Select(text => text.Ids)], new ActivationSelection(_names), Cancellation);
        foreach (var (row, text) in texts.Index())
        {
            string[] tokens = [.. text.Tokens.Select(token => token.Text)];
            foreach (var name in _names)
            {
                var activation = values.Row(name, row);
                WriteObject(new TextActivation(
                    text.Label,
                    firstIndex + row,
                    name,
                    ActivationName.BlockOf(name),
                    [.. activation.Shape],
                    tokens,
                    activation.Values.ToArray(),
                    Opened.Name));
            }
        }
    }
}
