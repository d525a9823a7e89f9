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
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex) =>
        WriteObject(TextActivation.Of(Opened, texts, new ActivationSelection(_names), firstIndex, Cancellation), enumerateCollection: true);
}
