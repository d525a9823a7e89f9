using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Completes names of models: the embedded one, those in the hub's cache and well-known ones, and paths.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        [.. Completion.StartingWith(wordToComplete, HubNames.All().Prepend(ModelLocation.Embedded)), .. CompletionCompleters.CompleteFilename(wordToComplete ?? "")];
}
